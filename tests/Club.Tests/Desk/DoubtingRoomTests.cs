using System.Net;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Bills in doubt, on pages.</summary>
public sealed class DoubtingRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    [Fact]
    public async Task Headquarters_see_what_was_found_and_decide_with_a_reason()
    {
        using var hq = Browser.Of(club.Host, Role.Hq, language: "en");
        using var finance = Browser.Of(club.Host, Role.Finance);
        using var auditor = Browser.Of(club.Host, Role.Auditor);
        using var director = Browser.Of(club.Host, Role.Director, "D021");
        await club.Host.Get<Accrue>().Handle([Seen("V-1", "2026-02-10", 52_300), Seen("V-2", "2026-03-01", 41_000)],
            TestContext.Current.CancellationToken);

        var row = Assert.Single((await finance.Get("/doubts")).Page.QuerySelectorAll("tbody tr"));
        foreach (var told in (string[])["V-2", "D021", "里程表读数41000公里，而2026-02-10为52300公里。", "积分冻结"])
            Assert.Contains(told, row.TextContent, StringComparison.Ordinal);
        foreach (var told in (string[])["李明", "The odometer shows 41000 km"])
            Assert.Contains(told, (await hq.Get("/doubts")).Page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await auditor.Get("/doubts")).Status);
        Assert.Empty((await auditor.Get("/doubts")).Page.QuerySelectorAll("tbody form"));
        Assert.Equal(HttpStatusCode.Forbidden, (await director.Get("/doubts")).Status);

        var form = row.QuerySelectorAll("form")[0];
        var (path, key) = (form.GetAttribute("action")!, form.QuerySelector("[name=key]")!.GetAttribute("value")!);
        path = path[path.IndexOf("/doubts", StringComparison.Ordinal)..];
        Assert.Equal(HttpStatusCode.BadRequest, (await finance.Post(path, new() { ["key"] = key })).Status);
        for (var i = 0; i < 2; i++)
            Assert.Equal($"{Browser.Base}/doubts?done=cleared", (await finance.Post(path, new() { ["key"] = key, ["reason"] = "仪表已更换" })).LeadsTo);
        Assert.Equal(HttpStatusCode.Conflict, (await finance.Post(path.Replace("/clear", "/confirm", StringComparison.Ordinal),
            new() { ["key"] = "another", ["reason"] = "假单" })).Status);
        Assert.Contains("仪表已更换", (await hq.Get("/doubts?state=cleared")).Page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await finance.Post("/doubts/none/clear", new() { ["key"] = "k", ["reason"] = "x" })).Status);
    }

    private static string Seen(string id, string on, int odometer) => Events.With(
        Events.Bill(id, "13800138001", time: $"{on}T10:00:00+08:00"), "data.vehicle", new JsonObject { ["vin"] = "LSVFF26R7D2123456", ["odometer"] = odometer });
}
