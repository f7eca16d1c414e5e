using System.Net;
using System.Reflection;
using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Triggers;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Who did what and who read whose data, on a page.</summary>
public sealed class AuditRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    [Fact]
    public async Task What_somebody_looked_at_stands_first_with_who_and_how_it_went()
    {
        using var director = Browser.Of(club.Host, Role.Director, "D021");
        using var auditor = Browser.Of(club.Host, Role.Auditor);
        await director.Get($"/members/{club.Other}");
        await director.Get($"/members/{club.Own}/entries");

        var rows = (await auditor.Get("/audit")).Page.QuerySelectorAll("tbody tr");
        Assert.Contains("查看分录", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("李娜", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("D021", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal($"{Browser.Base}/members/{club.Own}", rows[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("未找到", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_are_combined_and_a_day_is_the_brands()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        await hq.Get($"/members/{club.Own}");
        await hq.Get($"/members/{club.Other}");
        var today = club.Host.Get<Club.Kernel.ClubCalendar>().Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var rows = await Rows(hq, $"/audit?member={club.Other}&author=%E6%9D%8E%E5%A8%9C&from={today}&to={today}");
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Contains(club.Other, row, StringComparison.Ordinal));
        Assert.Empty(await Rows(hq, $"/audit?member={club.Other}&author=nobody"));
        Assert.Empty(await Rows(hq, "/audit?to=2001-01-01"));
        Assert.Empty(await Rows(hq, "/audit?from=2999-01-01"));
        var wrong = await hq.Get("/audit?from=yesterday&to=2026-01-01");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal("true", wrong.Page.QuerySelector("#f-from")!.GetAttribute("aria-invalid"));
        Assert.Null(wrong.Page.QuerySelector("#f-to[aria-invalid]"));
    }

    [Fact]
    public async Task The_list_is_turned_and_downloaded_with_its_filters()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        for (var i = 0; i < 30; i++) await hq.Get($"/members/{club.Own}/benefits");
        var page = (await hq.Get($"/audit?member={club.Own}")).Page;
        Assert.Equal(25, page.QuerySelectorAll("tbody tr").Length);
        Assert.NotEmpty(await Rows(hq, page.QuerySelector("a[rel=next]")!.GetAttribute("href")![Browser.Base.Length..]));

        var file = await hq.Get(page.QuerySelector("a[download]")!.GetAttribute("href")![Browser.Base.Length..]);
        Assert.Equal("text/csv; charset=utf-8", file.Header("Content-Type"));
        Assert.StartsWith("attachment", file.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.Equal(PageHeaders.Policy, file.Header("Content-Security-Policy"));
        var lines = file.Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("at,author,roles", lines[0], StringComparison.Ordinal);
        Assert.True(lines.Length > 30);
        Assert.All(lines[1..], line => Assert.Contains(club.Own, line, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, (await hq.Get("/audit/csv?from=x")).Status);
    }

    [Theory]
    [InlineData(Role.Director)]
    [InlineData(Role.Advisor)]
    [InlineData(Role.Finance)]
    [InlineData(Role.Marketing)]
    public async Task Nobody_else_reads_it(Role role)
    {
        using var browser = Browser.Of(club.Host, role);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get("/audit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get("/audit/csv")).Status);
    }

    [Fact]
    public void Every_call_that_is_kept_has_words()
    {
        var pages = new RoomList().All.SelectMany(room => room.Routes).Where(route => Rights.IsAudited(route.Right)).Select(route => route.Handler.Name);
        var functions = typeof(AuditFunctions).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<NeedsAttribute>() is { } needs && Rights.IsAudited(needs.Right))
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);
        Assert.All(pages.Concat(functions), call => Assert.True(ActionWords.Knows(call), call));
    }

    private static async Task<IReadOnlyList<string>> Rows(Browser browser, string path) =>
        [.. (await browser.Get(path)).Page.QuerySelectorAll("tbody tr").Select(row => row.TextContent)];
}
