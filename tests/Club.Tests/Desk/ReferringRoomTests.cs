using System.Net;
using Club.Access;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Who named whom, on pages.</summary>
public sealed class ReferringRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    [Fact]
    public async Task An_advisor_reports_a_buyer_for_the_member_who_stands_before_her_and_another_dealer_does_not_see_it()
    {
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        using var other = Browser.Of(club.Host, Role.Director, "D022");
        using var hq = Browser.Of(club.Host, Role.Hq, language: "en");
        var card = (string)(await club.Host.Staff.Get($"/api/members/{club.Own}"))["cardNumber"]!;
        var form = new Dictionary<string, string> { ["card"] = card, ["phone"] = "13300133001", ["name"] = "李雷", ["model"] = "明锐" };

        for (var i = 0; i < 2; i++) Assert.Equal($"{Browser.Base}/referrals?done=reported", (await advisor.Post("/referrals/new", form)).LeadsTo);

        var row = Assert.Single((await advisor.Get("/referrals?state=open")).Page.QuerySelectorAll("tbody tr"));
        foreach (var told in (string[])["李明", "李雷", "明锐", "D021", "有效"]) Assert.Contains(told, row.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("13300133001", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("open", (await hq.Get("/referrals")).Page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await other.Get("/referrals?dealerId=D021")).Page.QuerySelectorAll("tbody tr"));
        Assert.Empty((await hq.Get("/referrals?state=bought")).Page.QuerySelectorAll("tbody tr"));
    }

    [Theory]
    [InlineData("card", "12", HttpStatusCode.NotFound)]
    [InlineData("phone", "12", HttpStatusCode.BadRequest)]
    [InlineData("vin", "12", HttpStatusCode.BadRequest)]
    [InlineData("phone", "13800138001", HttpStatusCode.Conflict)]
    public async Task What_is_wrong_stands_at_its_field(string field, string value, HttpStatusCode status)
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        var card = (string)(await club.Host.Staff.Get($"/api/members/{club.Own}"))["cardNumber"]!;
        var seen = await hq.Post("/referrals/new", new() { ["card"] = card, ["phone"] = "13300133002", ["name"] = "韩梅梅", [field] = value });
        Assert.Equal(status, seen.Status);
        Assert.Equal(field, seen.Page.QuerySelector("[aria-invalid]")!.GetAttribute("name"));
        Assert.Equal("韩梅梅", seen.Page.QuerySelector("[name=name]")!.GetAttribute("value"));
    }
}
