using System.Net;
using Club.Access;
using Club.Dealers;
using Club.Kernel;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Dealers on pages: how they compare, and what they may spend.</summary>
public sealed class DealingRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    [Fact]
    public async Task A_director_asks_for_her_dealers_budget_and_finance_approves_what_it_has_seen()
    {
        using var director = Browser.Of(club.Host, Role.Director, "D021");
        using var other = Browser.Of(club.Host, Role.Director, "D022");
        using var finance = Browser.Of(club.Host, Role.Finance, language: "en");
        var month = (await director.Get("/dealers/D021")).Page.QuerySelector("[name=month]")!.GetAttribute("value")!;
        var form = new Dictionary<string, string> { ["month"] = month, ["amount"] = "5000", ["purpose"] = "客户关怀日" };
        Assert.Equal($"{Browser.Base}/dealers/D021?done=asked", (await director.Post("/dealers/D021/budgets", form)).LeadsTo);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.Post("/dealers/D021/budgets", form)).Status);
        Assert.DoesNotContain("客户关怀日", (await other.Get("/dealers/D021")).Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null((await director.Get("/dealers/D021")).Page.QuerySelector("form[action$=approve]"));

        // Who asked decides nothing, in whatever role.
        var own = await finance.Post($"/dealers/D021/budgets/{month}/approve", new() { ["amount"] = "5000" });
        Assert.Equal((HttpStatusCode.Forbidden, true), (own.Status, own.Page.Body!.TextContent.Contains("own-request", StringComparison.Ordinal)));
        Assert.True((await club.Host.Get<DealerBudgets>().Ask(new DealerId("D021"), month, new BudgetRequest(Money.Of(6000), "客户关怀日"),
            new Caller([Role.Director], "周主任") { Dealer = new DealerId("D021") }, TestContext.Current.CancellationToken)).Succeeded);
        var row = Assert.Single((await finance.Get("/dealers/waiting")).Page.QuerySelectorAll("tbody tr"));
        foreach (var told in (string[])["D021", "客户关怀日", "¥6,000.00", "周主任", "waits"]) Assert.Contains(told, row.TextContent, StringComparison.Ordinal);
        var changed = await finance.Post($"/dealers/D021/budgets/{month}/approve", new() { ["amount"] = "4000" });
        Assert.Equal(HttpStatusCode.Conflict, changed.Status);
        Assert.Equal($"{Browser.Base}/dealers/D021?done=approved", (await finance.Post($"/dealers/D021/budgets/{month}/approve",
            new() { ["amount"] = row.QuerySelector("[name=amount]")!.GetAttribute("value")! })).LeadsTo);
        Assert.Contains("已批准", (await director.Get("/dealers/D021")).Page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await finance.Post($"/dealers/D021/budgets/{month}/refuse", new() { ["reason"] = "x" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await finance.Post("/dealers/D021/budgets/x/refuse", new() { ["reason"] = "x" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await finance.Get("/dealers/D999")).Status);
    }

    [Fact]
    public async Task A_director_writes_her_plan_reads_it_in_words_and_headquarters_suspend_it()
    {
        using var director = Browser.Of(club.Host, Role.Director, "D024");
        using var other = Browser.Of(club.Host, Role.Director, "D022");
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D024");
        using var hq = Browser.Of(club.Host, Role.Hq, language: "en");
        var rules = """[{"id":"quiet","name":"淡季双倍","when":{"category":["parts"]},"award":{"multiplier":FACTOR},"from":"2999-03-01","to":"2999-03-31"}]""";
        Dictionary<string, string> Form(string factor, string after) => new()
        {
            ["plan"] = "{\"rules\":" + rules.Replace("FACTOR", factor, StringComparison.Ordinal) + "}", ["after"] = after,
        };
        Assert.Equal(HttpStatusCode.Forbidden, (await other.Post("/dealers/D024/plan", Form("2", "0"))).Status);
        var wrong = await director.Post("/dealers/D024/plan", Form("9", "0"));
        Assert.Equal((HttpStatusCode.BadRequest, true), (wrong.Status, wrong.Page.Body!.TextContent.Contains("3 is the most", StringComparison.Ordinal)));
        Assert.Contains("multiplier\":9", wrong.Page.QuerySelector("[name=plan]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await director.Post("/dealers/D024/plan", new() { ["plan"] = "{", ["after"] = "0" })).Status);
        Assert.Equal($"{Browser.Base}/dealers/D024?done=plan", (await director.Post("/dealers/D024/plan", Form("2", "0"))).LeadsTo);
        Assert.Equal(HttpStatusCode.Conflict, (await director.Post("/dealers/D024/plan", Form("3", "0"))).Status);
        Assert.Contains("总部规则所给积分的2倍", (await director.Get("/dealers/D024")).Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 times what the rule book gives", (await hq.Get("/dealers/D024")).Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("淡季双倍", (await other.Get("/dealers/D024")).Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("淡季双倍", (await advisor.Get("/dealers/D024")).Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null((await director.Get("/dealers/D024")).Page.QuerySelector("form[action$=suspend]"));
        Assert.Equal(HttpStatusCode.BadRequest, (await hq.Post("/dealers/D024/plan/suspend", [])).Status);
        Assert.Equal($"{Browser.Base}/dealers/D024?done=suspended",
            (await hq.Post("/dealers/D024/plan/suspend", new() { ["reason"] = "与总部活动冲突" })).LeadsTo);
        Assert.Contains("与总部活动冲突", (await director.Get("/dealers/D024")).Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"{Browser.Base}/dealers/D024?done=resumed", (await hq.Post("/dealers/D024/plan/resume", [])).LeadsTo);
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Post("/dealers/D023/plan/resume", [])).Status);
    }

    [Theory]
    [InlineData("amount", "viel")]
    [InlineData("amount", "0")]
    [InlineData("month", "2020-01")]
    public async Task What_is_wrong_stands_at_its_field(string field, string value)
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        var seen = await hq.Post("/dealers/D023/budgets", new() { ["month"] = "2999-01", ["amount"] = "1", ["purpose"] = "试驾", [field] = value });
        Assert.Equal(HttpStatusCode.BadRequest, seen.Status);
        Assert.Equal(field, seen.Page.QuerySelector("[aria-invalid]")!.GetAttribute("name"));
        Assert.Equal("试驾", seen.Page.QuerySelector("[name=purpose]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Branches_stand_by_rank_and_a_region_alone()
    {
        using var marketing = Browser.Of(club.Host, Role.Marketing);
        Assert.Equal(118, (await marketing.Get("/dealers")).Page.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(24, (await marketing.Get("/dealers?region=shanghai&by=members&month=2026-03")).Page.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(HttpStatusCode.BadRequest, (await marketing.Get("/dealers?region=shanhai")).Status);
        Assert.Null((await marketing.Get("/dealers/D021")).Page.QuerySelector("form[method=post][action*=budgets]"));
    }
}
