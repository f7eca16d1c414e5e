using System.Globalization;
using System.Net;
using Club.Access;
using Club.Activities;
using Club.Kernel;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Activities from the plan to the door, on pages.</summary>
public sealed class ActivitiesRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    private DateOnly Today => club.Host.Get<ClubCalendar>().Today;

    [Fact]
    public async Task A_director_plans_finance_approves_and_an_advisor_lets_a_member_in()
    {
        using var director = Browser.Of(club.Host, Role.Director, "D021");
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        using var other = Browser.Of(club.Host, Role.Director, "D022");
        using var finance = Browser.Of(club.Host, Role.Finance);

        Assert.Equal($"{Browser.Base}/activities/desk-drive?done=planned", (await director.Post("/activities/new", Plan("desk-drive", "1200"))).LeadsTo);
        // Everybody is 李娜 here, and nobody agrees to what she asked for herself.
        await club.Host.Get<ActivityPlans>().Go("desk-drive", new ActivityStep(ActivityState.Requested), Caller.OperatorAs("周市场"), default);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get("/activities/desk-drive")).Status);
        Assert.Equal($"{Browser.Base}/activities/desk-drive?done=approved", (await finance.Post("/activities/desk-drive/decide", Step("approved"))).LeadsTo);
        Assert.Equal($"{Browser.Base}/activities/desk-drive?done=open", (await director.Post("/activities/desk-drive/step", Step("open"))).LeadsTo);

        var counted = await director.Post("/activities/desk-drive/invite", new() { ["do"] = "count", ["hobby"] = "没有人的爱好" });
        Assert.Contains("共0人", counted.Page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        var card = (string)(await club.Host.Staff.Get($"/api/members/{club.Own}"))["cardNumber"]!;
        var door = new Dictionary<string, string> { ["who"] = card, ["guests"] = "1" };
        Assert.Equal($"{Browser.Base}/activities/desk-drive?done=in", (await advisor.Post("/activities/desk-drive/check-in", door)).LeadsTo);
        Assert.Equal($"{Browser.Base}/activities/desk-drive?done=again", (await advisor.Post("/activities/desk-drive/check-in", door)).LeadsTo);
        var row = Assert.Single((await advisor.Get("/activities/desk-drive")).Page.QuerySelectorAll("tbody tr"));
        foreach (var told in (string[])["李明", "已签到", "1"]) Assert.Contains(told, row.TextContent, StringComparison.Ordinal);

        Assert.Equal($"{Browser.Base}/activities/desk-drive?done=closed",
            (await director.Post("/activities/desk-drive/step", new() { ["step"] = "closed", ["spent"] = "1000" })).LeadsTo);
        Assert.Contains("¥500.00", (await finance.Get("/activities/desk-drive")).Page.QuerySelector(".stats")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("已结束", (await director.Get("/activities?state=closed")).Page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "加微信 evil.com 领奖", HttpStatusCode.BadRequest)]
    [InlineData("until", "2020-01-01T10:00", HttpStatusCode.BadRequest)]
    [InlineData("places", "0", HttpStatusCode.BadRequest)]
    [InlineData("asked", "free", HttpStatusCode.BadRequest)]
    public async Task What_is_wrong_stands_at_its_field(string field, string value, HttpStatusCode status)
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        var form = Plan("desk-wrong", "0");
        form[field] = value;
        var seen = await hq.Post("/activities/new", form);
        Assert.Equal(status, seen.Status);
        Assert.Equal(field, seen.Page.QuerySelector("[aria-invalid]")!.GetAttribute("name"));
        Assert.Equal("desk-wrong", seen.Page.QuerySelector("[name=code]")!.GetAttribute("value"));
    }

    private Dictionary<string, string> Plan(string code, string asked) => new()
    {
        ["code"] = code, ["name"] = "秋季试驾", ["place"] = "杭州", ["from"] = At(Today.AddDays(-1)), ["until"] = At(Today.AddDays(2)),
        ["signUpUntil"] = At(Today.AddDays(1)), ["places"] = "10", ["guestsPerMember"] = "2", ["asked"] = asked,
    };

    private static Dictionary<string, string> Step(string step) => new() { ["step"] = step };

    private static string At(DateOnly day) => day.ToString("yyyy-MM-dd'T00:00'", CultureInfo.InvariantCulture);
}
