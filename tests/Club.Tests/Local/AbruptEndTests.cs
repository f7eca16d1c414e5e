using System.Globalization;
using Xunit;

namespace Club.Tests.Local;

public sealed class AbruptEndTests
{
    private const int Members = 20;
    private const int Bills = 3_000;

    [Fact]
    public async Task A_host_killed_in_the_middle_of_a_stream_has_every_balance_exact_after_everything_was_sent_again()
    {
        var directory = Directory.CreateTempSubdirectory("club-kill").FullName;
        var stream = Path.Combine(directory, "stream.jsonl");
        await File.WriteAllLinesAsync(stream,
            Enumerable.Range(0, Bills).Select(i => Events.Bill($"K{i}", Phone(i % Members), lines: [Events.Line("1", "parts", i)])));
        var members = new List<string>();

        await using (var host = await LocalProcess.Start(directory))
        {
            using var staff = new StaffClient(host.Http);
            for (var i = 0; i < Members; i++)
                members.Add((await staff.Register(new { phone = Phone(i) })).Body["memberId"]!.GetValue<string>());
            var sending = host.Command("send", stream, "--connection", host.Connection);
            while (await Booked(staff, members[0]) < 5) await Task.Delay(5);
            await host.Kill();
            await sending;
        }

        await using (var host = await LocalProcess.Start(directory))
        {
            using var staff = new StaffClient(host.Http);
            var (exitCode, output) = await host.Command("send", stream, "--connection", host.Connection);
            Assert.True(exitCode == 0, output);
            await staff.Quiet();
            for (var i = 0; i < Members; i++)
            {
                var account = await staff.Get($"/api/members/{members[i]}/account");
                var expected = Enumerable.Range(0, Bills).Where(bill => bill % Members == i).Sum(bill => bill / 100m);
                Assert.Equal(expected, account["wallets"]![0]!["available"]!.GetValue<decimal>());
                Assert.Equal(Bills / Members, await Booked(staff, members[i]));
            }
            Assert.Empty((await staff.Get("/api/rejections"))["items"]!.AsArray());
            var verified = await host.Command("verify");
            Assert.True(verified.ExitCode == 0, verified.Output);
        }
        Directory.Delete(directory, recursive: true);
    }

    private static string Phone(int member) => string.Create(CultureInfo.InvariantCulture, $"1380013{member:D4}");

    private static async Task<long> Booked(StaffClient staff, string memberId) =>
        (await staff.Get($"/api/members/{memberId}/entries?limit=1"))["items"]!.AsArray() is [var newest]
            ? newest!["sequence"]!.GetValue<long>() : 0;
}
