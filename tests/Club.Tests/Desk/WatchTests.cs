using Club.Access;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Who looks at whom on a page, and who changes what by a form, is kept.</summary>
public sealed class WatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_tells_of_a_member_or_changes_something_is_kept()
    {
        await using var host = await ClubHost.Start();
        var (_, body) = await host.Staff.Register(new { phone = "13800138001", name = "李明", dealerId = "D021" });
        var member = (string)body["memberId"]!;
        using var hq = Browser.Of(host, Role.Hq);
        foreach (var path in (string[])["/members", $"/members/{member}", $"/members/{member}/entries", $"/members/{member}/benefits", $"/members/{member}/messages"])
        {
            await hq.Get(path);
            Assert.Equal(("李娜", 200, member), await Last(host));
        }
        await hq.Get("/members/M0000000000000000");
        Assert.Equal(("李娜", 404, "M0000000000000000"), await Last(host));
        await hq.Post($"/members/{member}/benefits/rescue/use");
        Assert.StartsWith("Console:", (await All(host))[0].Action, StringComparison.Ordinal);
        Assert.Equal(member, (await Last(host)).Members);
        var kept = (await All(host)).Count;
        await hq.Get("/nothing");
        await hq.Get("/sign-in");
        Assert.Equal(kept, (await All(host)).Count);
    }

    private static async Task<(string Author, int? Status, string Members)> Last(ClubHost host) =>
        (await All(host))[0] is var last ? (last.Author, last.Status, string.Join(',', last.Members)) : default;

    private static async Task<IReadOnlyList<AuditRecord>> All(ClubHost host) =>
        (await host.Get<AuditTrail>().Find(new AuditCriteria(null, null, null, null), 200, null, Cancellation)).Items;
}
