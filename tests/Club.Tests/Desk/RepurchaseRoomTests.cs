using System.Net;
using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Referrals;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Owners who are asked for another vehicle, on pages and over HTTP.</summary>
public sealed class RepurchaseRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    [Fact]
    public async Task An_advisor_asks_an_owner_and_keeps_what_came_of_it_and_another_dealer_sees_nothing()
    {
        await Begin();
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        using var marketing = Browser.Of(club.Host, Role.Marketing, language: "en");
        using var other = Browser.Of(club.Host, Role.Director, "D022");
        var row = Assert.Single((await advisor.Get("/referrals/repurchases")).Page.QuerySelectorAll("tbody tr"));
        foreach (var told in (string[])["李明", "明锐", "D021", "车龄60个月"]) Assert.Contains(told, row.TextContent, StringComparison.Ordinal);
        var address = row.QuerySelector("a")!.GetAttribute("href")!.Replace(Browser.Base, "", StringComparison.Ordinal);
        Assert.Empty((await other.Get("/referrals/repurchases?dealerId=D021")).Page.QuerySelectorAll("tbody tr"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Post(address, new() { ["note"] = "好", ["result"] = "open" })).Status);
        Assert.Empty((await marketing.Get(address)).Page.QuerySelectorAll("form.card"));
        Assert.Contains("重购", (await advisor.Get("/today")).Page.Body!.TextContent, StringComparison.Ordinal);

        var wrong = await advisor.Post(address, new() { ["note"] = "好", ["nextOn"] = "2020-01-01", ["result"] = "open" });
        Assert.Equal((HttpStatusCode.BadRequest, "nextOn"), (wrong.Status, wrong.Page.QuerySelector("[aria-invalid]")!.GetAttribute("name")));
        foreach (var result in (string[])["open", "lost"])
            Assert.Equal($"{Browser.Base}/referrals/repurchases?done=kept",
                (await advisor.Post(address, new() { ["note"] = $"周六来店{result}", ["result"] = result })).LeadsTo);
        Assert.Contains("周六来店open", (await advisor.Get(address)).Page.QuerySelector("ol")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await advisor.Get("/referrals/repurchases")).Page.QuerySelectorAll("tbody tr"));
        Assert.Single((await advisor.Get("/referrals/repurchases?state=lost")).Page.QuerySelectorAll("tbody tr"));
        Assert.Equal(HttpStatusCode.Conflict, (await advisor.Post(address, new() { ["note"] = "再问", ["result"] = "open" })).Status);

        var (hq, finance) = (RoleClient.As(club.Host, Role.Hq), RoleClient.As(club.Host, Role.Finance));
        var count = (await hq.Get("/api/repurchases/conversion")).Body;
        Assert.Equal((1, 0m), ((int)count["all"]!["asked"]!, (decimal)count["all"]!["rate"]!));
        Assert.Equal(HttpStatusCode.Forbidden, (await finance.Get("/api/repurchases")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await hq.Get("/api/repurchases?state=sold")).Status);
    }

    private async Task Begin()
    {
        var ledger = club.Host.Get<MemberLedger>();
        var member = (await club.Host.Get<Membership>().Find(new MemberId(club.Own), TestContext.Current.CancellationToken))!;
        await ledger.Change(member.MemberId, journal =>
        {
            journal.Attach(RepurchaseRules.Begin(member, new Vehicle("LSVFF26R1D2123999", "明锐", journal.Today.AddMonths(-60), null),
                new RepurchaseTerms(48, [], 12, 14), journal.RecordedAt, journal.Today));
            return true;
        }, TestContext.Current.CancellationToken);
    }
}
