using System.Net;
using System.Text;
using Xunit;

namespace Club.Tests.Gifts;

/// <summary>A code in an address is a secret: no record of the call keeps it.</summary>
public sealed class VoucherAuditTests
{
    [Fact]
    public async Task Who_looked_for_a_voucher_is_kept_and_the_code_is_not()
    {
        await using var club = await ClubHost.Start(new() { ["Club__Programme"] = "skoda" });
        await club.Staff.Get("/api/vouchers/CINEMA-4711-SECRET", HttpStatusCode.NotFound);
        await club.Staff.Get("/api/vouchers/VAAA-M2XW-AAAA-AAAA-AAA0", HttpStatusCode.BadRequest);
        var audit = (await club.Staff.Get("/api/audit")).ToJsonString();
        Assert.Contains("\"action\":\"Voucher\"", audit, StringComparison.Ordinal);
        foreach (var part in new[] { "4711-SECRET", "M2XW" })
        {
            Assert.DoesNotContain(part, audit, StringComparison.Ordinal);
            foreach (var file in Directory.EnumerateFiles(club.Directory, "club.db*"))
                Assert.DoesNotContain(part, await Text(file), StringComparison.Ordinal);
        }
    }

    private static async Task<string> Text(string file)
    {
        await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(open, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
