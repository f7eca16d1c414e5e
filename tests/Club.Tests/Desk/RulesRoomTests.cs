using System.Net;
using Club.Access;
using Club.Desk.Rooms.Rules;
using Club.Kernel;
using Club.Transactions;
using Club.WhatIf;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>The rule book on pages: written, compared, tried, published.</summary>
public sealed class RulesRoomTests : IAsyncLifetime
{
    private ClubHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ClubHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_version_is_drafted_tried_and_published()
    {
        await _host.Staff.Register(new { phone = "13800138001", name = "李明", dealerId = "D021" });
        await _host.Get<Accrue>().Handle([Events.Bill("WO-1", "13800138001", time: "2026-01-02T10:20:00+08:00")], TestContext.Current.CancellationToken);
        using var hq = Browser.Of(_host, Role.Hq);
        using var marketing = Browser.Of(_host, Role.Marketing);
        var text = await Draft(marketing);
        Assert.Equal($"{Browser.Base}/rules/draft?done=saved", (await Save(marketing, Next(text, "\"rate\": \"x\""))).LeadsTo);
        var page = (await marketing.Get("/rules/draft")).Page;
        var error = Assert.Single(page.QuerySelectorAll(".errors li"));
        Assert.Contains("$.earning[0].award.rate", error.TextContent, StringComparison.Ordinal);
        var line = int.Parse(error.QuerySelector("[data-line]")!.GetAttribute("data-line")!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains("\"rate\": \"x\"", (await Draft(marketing)).Split('\n')[line - 1], StringComparison.Ordinal);
        Assert.Empty((await marketing.Get("/rules/publish")).Page.QuerySelectorAll("[name=confirm]"));
        Assert.Equal(HttpStatusCode.BadRequest, (await marketing.Post("/rules/what-if", new() { ["book"] = RuleBooks.Draft })).Status);

        await Save(marketing, Next(text, "\"rate\": 2"));
        Assert.Contains("每元积分由1改为2", (await marketing.Get("/rules/changes?from=1.0&to=%20draft")).Page.Body!.TextContent, StringComparison.Ordinal);
        var played = (await marketing.Post("/rules/what-if", new() { ["book"] = RuleBooks.Draft, ["sample"] = "100" })).Page;
        var result = played.QuerySelector(".steps > section:last-child")!;
        Assert.Contains("+700", result.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(played.QuerySelector(".steps > .step"));

        var tag = (await marketing.Get("/rules/publish")).Page.QuerySelector("[name=tag]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.BadRequest, (await marketing.Post("/rules/publish", new() { ["tag"] = tag })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await marketing.Post("/rules/publish", new() { ["tag"] = tag, ["confirm"] = "no" })).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await marketing.Post("/rules/publish", new() { ["tag"] = "old", ["confirm"] = "yes" })).Status);
        Assert.Equal($"{Browser.Base}/rules?done=published",
            (await marketing.Post("/rules/publish", new() { ["tag"] = tag, ["confirm"] = "yes", ["note"] = "试" })).LeadsTo);
        var versions = (await hq.Get("/rules?done=published")).Page;
        Assert.Equal(["1.1", "1.0"], versions.QuerySelectorAll("tbody th a").Select(link => link.TextContent));
        Assert.Contains("李娜", versions.QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await hq.Get("/rules/versions/1.1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Get("/rules/versions/9")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Get("/rules/changes?from=1.0&to=9")).Status);
    }

    [Fact]
    public async Task What_is_no_JSON_is_given_back_with_its_line_and_not_kept()
    {
        using var hq = Browser.Of(_host, Role.Hq);
        foreach (var (typed, line) in ((string, string?)[])[("{\n  \"id\": 1,\n  oops\n}", "3"), ("", "1"), ("[1]", "1"), ("{\"a\":\"\\ud83d\"}", null),
            (new string('[', 200), "1"), ("</textarea><script>", "1"), ("\n\n{", "3")])
        {
            var seen = await hq.Post("/rules/draft", new() { ["programme"] = typed });
            Assert.Equal(HttpStatusCode.BadRequest, seen.Status);
            Assert.Equal(typed, seen.Page.QuerySelector("textarea")!.TextContent);
            Assert.Equal(line, seen.Page.QuerySelector("[data-line]")?.GetAttribute("data-line"));
        }
        Assert.Equal("", (await hq.Get("/rules/draft")).Page.QuerySelector("[name=tag]")!.GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task A_draft_that_somebody_else_has_saved_is_not_written_over()
    {
        using var hq = Browser.Of(_host, Role.Hq);
        var text = await Draft(hq);
        await Save(hq, text);
        var tag = (await hq.Get("/rules/draft")).Page.QuerySelector("[name=tag]")!.GetAttribute("value")!;
        await Save(hq, text.Replace("\"1.0\"", "\"1.1\"", StringComparison.Ordinal));
        var late = await hq.Post("/rules/draft", new() { ["programme"] = "{ \"mine\": 1 }", ["tag"] = tag });
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.Status);
        Assert.Contains("mine", late.Page.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("mine", await Draft(hq), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_may_be_anything_that_JSON_can_say_and_no_page_fails()
    {
        using var hq = Browser.Of(_host, Role.Hq);
        foreach (var typed in (string[])["{}", "{\"id\":null,\"earning\":{},\"tiers\":[[]]}", "{\"a.b[0]\":{\"\":[{}]},\"a\":1,\"a\":2}", "{\"earning\":[{\"id\":\"\\u0000\"}]}"])
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await Save(hq, typed)).Status);
            foreach (var path in (string[])["/rules/draft", "/rules/publish", "/rules/changes?from=1.0&to=%20draft", "/rules/what-if?book=%20draft"])
                Assert.Equal(HttpStatusCode.OK, (await hq.Get(path)).Status);
        }
    }

    [Theory]
    [InlineData("", "490", HttpStatusCode.BadRequest)]
    [InlineData("parts", "many", HttpStatusCode.BadRequest)]
    [InlineData("parts", "-1", HttpStatusCode.BadRequest)]
    [InlineData("parts", "1e3", HttpStatusCode.BadRequest)]
    [InlineData("parts", "NaN", HttpStatusCode.BadRequest)]
    [InlineData("parts", "1000000000001", HttpStatusCode.BadRequest)]
    [InlineData("parts", "79228162514264337593543950335", HttpStatusCode.BadRequest)]
    [InlineData("parts", "0.005", HttpStatusCode.BadRequest)]
    [InlineData("parts", "490", HttpStatusCode.OK)]
    public async Task A_bill_is_tried_without_being_recorded(string category, string amount, HttpStatusCode status)
    {
        using var marketing = Browser.Of(_host, Role.Marketing);
        var seen = await marketing.Post("/rules/preview", new() { ["category1"] = category, ["amount1"] = amount, ["time"] = "2026-01-02T10:20" });
        Assert.Equal(status, seen.Status);
        Assert.Equal(amount, seen.Page.QuerySelector("[name=amount1]")!.GetAttribute("value"));
        if (status == HttpStatusCode.OK) Assert.Contains("+490", seen.Page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        foreach (var odd in (string[])["customer", "time", "dealerId", "book"])
            Assert.Equal(HttpStatusCode.BadRequest, (await marketing.Post("/rules/preview", new() { ["category1"] = "parts", ["amount1"] = "1", [odd] = "\u0001x" })).Status);
    }

    [Fact]
    public async Task One_history_is_played_at_a_time_and_the_place_is_given_back()
    {
        using var hq = Browser.Of(_host, Role.Hq);
        var form = new Dictionary<string, string> { ["book"] = "1.0", ["sample"] = "100" };
        using (_host.Get<WhatIfGate>().TryEnter())
            Assert.Equal(HttpStatusCode.TooManyRequests, (await hq.Post("/rules/what-if", form)).Status);
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await hq.Post("/rules/what-if", form)).Status);
        foreach (var sample in (string[])["0", "101", "x", "-1", "1e1", "NaN"])
            Assert.Equal(HttpStatusCode.BadRequest, (await hq.Post("/rules/what-if", new() { ["book"] = "1.0", ["sample"] = sample })).Status);
    }

    [Fact]
    public void An_error_stands_at_the_line_of_what_it_is_about()
    {
        const string Text = "{\n  \"a\": [\n    1,\n    {\n      \"b\": true\n    }\n  ],\n  \"c\": {}\n}";
        int? At(string path) => RuleText.Place(Text, [new Problem("x", "y", path)])[0].Line;
        Assert.Equal([1, 2, 3, 4, 5, 8, 8, 4, null], new[] { At("$"), At("$.a"), At("$.a[0]"), At("$.a[1]"), At("$.a[1].b"), At("$.c"), At("$.c.missing"),
            At("$.a[1].none.deep[3]"), At("line 4") });
        Assert.Equal([4, 5, 6], RuleText.Place(Text, [new Problem("x", "y", "$.a[1].b")])[0].Excerpt.Select(line => line.Number));
    }

    [Fact]
    public async Task Who_reads_only_can_neither_save_nor_try()
    {
        using var director = Browser.Of(_host, Role.Director);
        var page = (await director.Get("/rules/draft")).Page;
        Assert.True(page.QuerySelector("textarea")!.HasAttribute("readonly"));
        Assert.Empty(page.QuerySelectorAll("main button"));
        Assert.Equal(HttpStatusCode.Forbidden, (await director.Post("/rules/draft", new() { ["programme"] = "{}" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await director.Get("/rules/preview")).Status);
    }

    private static async Task<string> Draft(Browser browser) => (await browser.Get("/rules/draft")).Page.QuerySelector("textarea")!.TextContent;

    private static Task<Seen> Save(Browser browser, string text) => browser.Post("/rules/draft", new() { ["programme"] = text.ReplaceLineEndings("\r\n") });

    /// <summary>The next version, with another rate in its first rule.</summary>
    private static string Next(string text, string rate)
    {
        var at = text.IndexOf("\"rate\": 1\n", StringComparison.Ordinal);
        return (text[..at] + rate + text[(at + "\"rate\": 1".Length)..]).Replace("\"version\": \"1.0\"", "\"version\": \"1.1\"", StringComparison.Ordinal)
            .Replace("2010-01-01", "2099-01-01", StringComparison.Ordinal);
    }
}
