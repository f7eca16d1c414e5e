using System.Net;
using Club.Access;
using Club.Kernel;
using Club.Running;
using Club.Store;
using Club.Value;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>The matrix and who is lost, on pages and by calls, for whoever may.</summary>
public sealed class WorthRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    private async Task<string> Lost(string phone, string dealer, decimal amount)
    {
        var member = await club.Register(new { phone, name = "钱多多", dealerId = dealer });
        await club.Host.Get<Club.Transactions.Accrue>().Handle([Events.Bill($"L-{phone}", phone, time: "2024-01-02T10:20:00+08:00", dealerId: dealer,
            lines: [Events.Line("1", "parts", amount)])], TestContext.Current.CancellationToken);
        await Sweep(member);
        return member;
    }

    private async Task Sweep(string member)
    {
        var sweep = club.Host.Get<IEnumerable<ISweep>>().OfType<ClassSweep>().Single();
        await club.Host.Get<Sweep>().Run(sweep, Ids.Bucket(member), TestContext.Current.CancellationToken);
        while (!await club.Host.Get<Projections>().Advance(100, TestContext.Current.CancellationToken)) { }
    }

    [Fact]
    public async Task A_director_sees_her_own_lost_members_and_what_to_do()
    {
        var (own, other) = (await Lost("13800138061", "D031", 15_000m), await Lost("13800138062", "D032", 500m));
        using var director = Browser.Of(club.Host, Role.Director, "D031");
        var page = (await director.Get("/value/churn")).Page;
        var row = Assert.Single(page.QuerySelectorAll("tbody tr"));
        foreach (var text in (string[])["钱多多", "D · 钻石", "2024-01-02", "¥15,000.00", "尚无", "赢回"]) Assert.Contains(text, row.TextContent, StringComparison.Ordinal);
        Assert.EndsWith($"/members/{own}", row.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.DoesNotContain(other, page.Body!.InnerHtml, StringComparison.Ordinal);
        Assert.Empty((await director.Get("/value/churn?dealerId=D032")).Page.QuerySelectorAll("tbody tr"));
        Assert.Empty((await director.Get("/value/churn?valueClass=S")).Page.QuerySelectorAll("tbody tr"));

        using var hq = Browser.Of(club.Host, Role.Hq);
        var matrix = (await hq.Get("/value?dealerId=D032")).Page;
        Assert.Equal(9, matrix.QuerySelector("section.card")!.QuerySelectorAll(".bars .bar").Length);
        var move = Assert.Single(matrix.QuerySelectorAll("#moves .table"), table => table.QuerySelector(".badge") is not null);
        Assert.Contains("SC · 白银流失", move.TextContent, StringComparison.Ordinal);
        Assert.Contains("新进", move.TextContent, StringComparison.Ordinal);
        Assert.Contains(matrix.QuerySelectorAll("tbody tr"), cells => cells.TextContent.Contains("SC · 白银流失", StringComparison.Ordinal)
            && cells.TextContent.Contains("¥500.00", StringComparison.Ordinal));
        Assert.Contains("已流失，不需要投入售后营销预算", matrix.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Her_page_says_her_class_and_why_and_a_guests_does_not()
    {
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        var card = (await advisor.Get($"/members/{club.Own}")).Page.QuerySelector("#worth")!.ParentElement!;
        Assert.Contains("2026-01-02", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("预期间隔183天", card.TextContent, StringComparison.Ordinal);
        Assert.Null((await advisor.Get($"/members/{club.Other}?phone=13800138002")).Page.QuerySelector("#worth"));
        Assert.Equal(HttpStatusCode.OK, (await advisor.Get($"/members/{club.Other}?phone=13800138002")).Status);
        using var auditor = Browser.Of(club.Host, Role.Auditor);
        Assert.NotNull((await auditor.Get($"/members/{club.Own}")).Page.QuerySelector("#worth"));
    }

    [Fact]
    public async Task Calls_answer_whom_they_should_and_are_kept()
    {
        var own = await Lost("13800138063", "D033", 15_000m);
        var (director, stranger, marketing) = (RoleClient.As(club.Host, Role.Director, "D033"), RoleClient.As(club.Host, Role.Director, "D034"),
            RoleClient.As(club.Host, Role.Marketing));
        var (status, value) = await director.Get($"/api/members/{own}/value");
        Assert.Equal((HttpStatusCode.OK, "DC", 15_000m), (status, (string?)value["cell"], (decimal)value["inputs"]!["spend"]!));
        Assert.Equal((await stranger.Get("/api/members/M0000000000000000/value")).Body.ToJsonString().Replace("M0000000000000000", own, StringComparison.Ordinal),
            (await stranger.Get($"/api/members/{own}/value")).Body.ToJsonString());
        Assert.Equal(HttpStatusCode.Forbidden, (await marketing.Get($"/api/members/{own}/value")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await marketing.Get("/api/churn")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await RoleClient.Member(club.Host, new MemberId(own)).Get($"/api/members/{own}/value")).Status);
        Assert.Equal(HttpStatusCode.OK, (await marketing.Get("/api/value/matrix")).Status);
        Assert.Equal(own, (string?)Assert.Single((await director.Get("/api/churn")).Body["items"]!.AsArray())!["memberId"]);
        Assert.Empty((await stranger.Get("/api/churn?dealerId=D033")).Body["items"]!.AsArray());
        Assert.Equal(1, (int)(await director.Get("/api/value/matrix")).Body["members"]!);
        Assert.Equal(0, (int)(await stranger.Get("/api/value/matrix?dealerId=D033")).Body["members"]!);
        Assert.Equal(("invalid-query", HttpStatusCode.BadRequest), await director.Get("/api/churn?valueClass=A") is var wrong ? ((string?)wrong.Body["code"], wrong.Status) : default);
        Assert.Equal("invalid-continuation", (string?)(await director.Get("/api/churn?continuation=x")).Body["code"]);
        var kept = (await RoleClient.As(club.Host, Role.Hq).Get($"/api/audit?member={own}")).Body["items"]!.AsArray().Select(one => (string?)one!["action"]).ToArray();
        foreach (var action in (string[])["MemberValue", "Churn"]) Assert.Contains(action, kept);
    }
}
