using System.Net;
using Club.Access;
using Club.Transactions;
using Functions.Local.Queue;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>What waits for somebody, on pages.</summary>
public sealed class WorkRoomTests : IAsyncLifetime
{
    private ClubHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ClubHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_refused_message_is_shown_with_its_reason_and_handled_again()
    {
        await Send(Events.Return("WO-9", "RT-9", time: "2026-01-03T11:00:00+08:00"));
        using var hq = Browser.Of(_host, Role.Hq);
        var page = (await hq.Get("/work")).Page;
        Assert.Contains("WO-9", page.QuerySelector("tbody .hint")!.TextContent, StringComparison.Ordinal);
        var replay = page.QuerySelector("form[action$='/replay']")!.GetAttribute("action")![Browser.Base.Length..];

        var again = await hq.Post(replay);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal($"{Browser.Base}/work", again.Page.QuerySelector("input[name=back]")!.GetAttribute("value"));

        await _host.Staff.Register(new { phone = "13800138001", name = "李明", dealerId = "D021" });
        await Send(Events.Bill("WO-9", "13800138001", time: "2026-01-02T10:20:00+08:00"));
        Assert.Equal($"{Browser.Base}/work?done=booked", (await hq.Post(replay)).LeadsTo);
        Assert.Equal("已入账。", (await hq.Get("/work?done=booked")).Page.QuerySelector(".done")!.TextContent);
        Assert.Empty((await hq.Get("/work")).Page.QuerySelectorAll("tbody tr"));
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Post("/work/rejections/none/replay")).Status);
    }

    [Fact]
    public async Task Who_only_looks_has_no_buttons_and_an_auditor_no_reasons()
    {
        await Send(Events.Bill("WO-1", "12345"));
        using var finance = Browser.Of(_host, Role.Finance);
        using var auditor = Browser.Of(_host, Role.Auditor);
        var (seen, masked) = ((await finance.Get("/work")).Page, (await auditor.Get("/work")).Page);
        Assert.NotNull(seen.QuerySelector("tbody .hint"));
        Assert.Null(masked.QuerySelector("tbody .hint"));
        Assert.Empty(seen.QuerySelectorAll("main form"));
        Assert.Empty(masked.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task What_is_above_the_limit_waits_for_an_approval_with_its_reason()
    {
        await _host.Staff.Register(new { phone = "13800138001", name = "李明", dealerId = "D021" });
        await Send(Events.Bill("WO-1", "13800138001", time: "2026-01-02T10:20:00+08:00", lines: [Events.Line("1", "parts", 900_000m)]));
        using var finance = Browser.Of(_host, Role.Finance);
        var form = (await finance.Get("/work")).Page.QuerySelector("form[action$='/approve']")!.GetAttribute("action")![Browser.Base.Length..];
        Assert.Equal(HttpStatusCode.BadRequest, (await finance.Post(form, new() { ["reason"] = " " })).Status);
        Assert.Equal($"{Browser.Base}/work?done=booked", (await finance.Post(form, new() { ["reason"] = "车队" })).LeadsTo);
    }

    [Fact]
    public async Task A_reply_is_not_read_in_a_way_that_nobody_offers()
    {
        await _host.Get<Club.Transactions.Rejections>().Add("{}", Club.Edges.Sms.SmsReplyHandler.Source, "e1", null,
            new Club.Kernel.Problem(Club.Edges.Sms.SmsReplyHandler.Unread, "unread"), TestContext.Current.CancellationToken);
        using var hq = Browser.Of(_host, Role.Hq);
        var replay = (await hq.Get("/work")).Page.QuerySelector("form[action$='/replay']")!;
        Assert.NotNull(replay.QuerySelector("[name=as]"));
        var seen = await hq.Post(replay.GetAttribute("action")![Browser.Base.Length..], new() { ["as"] = "maybe" });
        Assert.Equal(HttpStatusCode.Conflict, seen.Status);
        Assert.Contains("$.as: refusal or consent or nothing is expected", seen.Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bills_wait_for_their_customer_and_a_car_for_a_decision()
    {
        const string Vin = "LSJA24U62JG269225";
        await Send(Events.Bill("WO-1", member: new { vin = Vin }, time: "2026-01-02T10:20:00+08:00"), Events.Bill("WO-2", "13900139000", time: "2026-01-02T10:20:00+08:00"));
        var (_, first) = await _host.Staff.Register(new { openId = "oFan_1", name = "孙二", vehicles = new[] { new { vin = Vin } } });
        using var hq = Browser.Of(_host, Role.Hq);
        var parked = (await hq.Get("/work/parked")).Page;
        Assert.Equal(2, parked.QuerySelectorAll("tbody tr").Length);
        var anchor = Assert.Single(parked.QuerySelectorAll("tbody a")).GetAttribute("href")!.Split('#')[1];

        var page = (await hq.Get("/work/disputes")).Page;
        var form = page.GetElementById(anchor)!.QuerySelector("form")!;
        Assert.Contains("孙二", form.TextContent, StringComparison.Ordinal);
        var (action, member) = (form.GetAttribute("action")![Browser.Base.Length..], (string)first["memberId"]!);
        Assert.Equal(HttpStatusCode.BadRequest, (await hq.Post(action, new() { ["memberId"] = member })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await hq.Post(action, new() { ["memberId"] = "M0", ["reason"] = "行驶证" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await hq.Post(action, new() { ["memberId"] = member, ["reason"] = "行驶证", ["samePerson"] = "perhaps" })).Status);
        Assert.Equal($"{Browser.Base}/work/disputes?done=settled", (await hq.Post(action, new() { ["memberId"] = member, ["reason"] = "行驶证" })).LeadsTo);
        Assert.Empty((await hq.Get("/work/disputes?done=settled")).Page.QuerySelectorAll("section"));
        Assert.Single((await hq.Get("/work/parked")).Page.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task What_was_given_up_is_shown_with_its_reason_and_sent_again()
    {
        var queues = _host.Get<DurableQueues>();
        await queues.Find("work")!.Append([new("<script>", "W-1")]);
        await Eventually.True(() => DeadRows.After(queues, "work", 0, 9).Count == 1, "it is dead");
        using var hq = Browser.Of(_host, Role.Hq);
        using var finance = Browser.Of(_host, Role.Finance);
        var page = (await hq.Get("/work/dead-letters")).Page;
        Assert.Contains("FormatException", page.QuerySelector("tbody .hint")!.TextContent, StringComparison.Ordinal);
        var form = page.QuerySelector("form[action$='/resend']")!.GetAttribute("action")![Browser.Base.Length..];
        Assert.Empty((await finance.Get("/work/dead-letters")).Page.QuerySelectorAll("main form"));
        Assert.Equal(HttpStatusCode.Forbidden, (await finance.Post(form)).Status);

        Assert.Equal($"{Browser.Base}/work/dead-letters?done=sent", (await hq.Post(form)).LeadsTo);
        Assert.StartsWith("已重新发送", (await hq.Get("/work/dead-letters?done=sent")).Page.QuerySelector(".done")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Post(form)).Status);
        await Eventually.True(() => DeadRows.After(queues, "work", 0, 9).Count == 1, "it has failed again");
        Assert.Single((await hq.Get("/work/dead-letters")).Page.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task A_long_list_is_turned_page_by_page()
    {
        await Send([.. Enumerable.Range(0, 60).Select(i => Events.Bill($"WO-{i}", $"1{i}"))]);
        using var hq = Browser.Of(_host, Role.Hq);
        var met = new List<string>();
        for (string? next = "/work"; next is not null;)
        {
            var page = (await hq.Get(next)).Page;
            met.AddRange(page.QuerySelectorAll("tbody th").Select(cell => cell.FirstChild!.TextContent.Trim()));
            next = page.QuerySelector("a[rel=next]")?.GetAttribute("href")?[Browser.Base.Length..];
        }
        Assert.Equal(60, met.Count);
        Assert.Equal(60, met.Distinct().Count());
        foreach (var path in (string[])["/work", "/work/parked", "/work/disputes", "/work/dead-letters"])
            Assert.Equal(HttpStatusCode.OK, (await hq.Get($"{path}?continuation=bogus")).Status);
    }

    private Task<IReadOnlyList<Receipt>> Send(params string[] events) => _host.Get<Accrue>().Handle(events, TestContext.Current.CancellationToken);
}
