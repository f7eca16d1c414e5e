using System.Net;
using Club.Access;
using Club.Members;
using Club.Store;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Complaints and transfers on pages.</summary>
public sealed class ComplaintsRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    [Fact]
    public async Task A_complaint_is_opened_followed_up_and_closed()
    {
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        var page = (await advisor.Get($"/members/{club.Own}/complaints")).Page;
        var form = new Dictionary<string, string> { ["key"] = page.QuerySelector("[name=key]")!.GetAttribute("value")!, ["subject"] = "交车延误",
            ["text"] = "晚了三天\n没有通知", ["channel"] = "电话" };

        var led = (await advisor.Post($"/members/{club.Own}/complaints", form)).LeadsTo!;
        Assert.Equal(led, (await advisor.Post($"/members/{club.Own}/complaints", form)).LeadsTo);

        var path = led[Browser.Base.Length..].Split('?')[0];
        Assert.Single((await advisor.Get("/complaints?owner=%E6%9D%8E%E5%A8%9C&state=open")).Page.QuerySelectorAll("tbody tr"), Tells("交车延误"));
        Assert.Equal($"{led.Split('?')[0]}?done=followed", (await advisor.Post($"{path}/follow", new() { ["text"] = "已致歉", ["owner"] = "王芳", ["dueOn"] = Soon })).LeadsTo);
        await advisor.Post($"{path}/follow", new() { ["text"] = "补偿保养", ["state"] = "closed" });

        page = (await advisor.Get(path)).Page;
        Assert.Equal(["已受理", "处理中", "已关闭"], page.QuerySelectorAll(".timeline .badge").Select(badge => badge.TextContent));
        Assert.Contains(Soon, page.QuerySelector(".stats")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await advisor.Get("/complaints?owner=%E7%8E%8B%E8%8A%B3&state=open")).Page.QuerySelectorAll("tbody tr"));
        Assert.Single((await advisor.Get("/complaints?owner=%E7%8E%8B%E8%8A%B3&state=closed")).Page.QuerySelectorAll("tbody tr"));
        Assert.Single((await advisor.Get($"/members/{club.Own}/complaints")).Page.QuerySelectorAll("tbody tr"), Tells("交车延误"));
    }

    [Fact]
    public async Task What_is_wrong_with_one_stands_at_its_field()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        foreach (var (field, value) in ((string, string)[])[("subject", ""), ("text", " "), ("dueOn", "2001-01-01"), ("dealerId", "D404"), ("channel", new string('x', 33))])
        {
            var seen = await hq.Post($"/members/{club.Own}/complaints", new() { ["subject"] = "不成立", ["text"] = "x", [field] = value });
            Assert.Equal((HttpStatusCode.BadRequest, field), (seen.Status, seen.Page.QuerySelector("[aria-invalid]")!.GetAttribute("name")));
        }
        Assert.DoesNotContain("不成立", (await hq.Get("/complaints")).Page.Body!.TextContent, StringComparison.Ordinal);
        var path = await Open(hq, club.Own, "后续", "D021");
        foreach (var (field, value) in ((string, string)[])[("text", ""), ("state", "gone"), ("dueOn", "soon")])
        {
            var seen = await hq.Post($"{path}/follow", new() { ["text"] = "x", [field] = value });
            Assert.Equal((HttpStatusCode.BadRequest, field == "state" ? "f-state-fault" : $"f-{field}-fault"), (seen.Status, seen.Page.QuerySelector(".fault")!.Id));
        }
        Assert.Single((await hq.Get(path)).Page.QuerySelectorAll(".timeline li"));
    }

    [Fact]
    public async Task A_dealer_sees_what_concerns_it_and_a_guest_by_what_she_shows()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        using var director = Browser.Of(club.Host, Role.Director, "D021");
        var (theirs, ours) = (await Open(hq, club.Other, "与D022", "D022"), await Open(hq, club.Other, "与D021", "D021"));
        var list = (await director.Get("/complaints")).Page;
        Assert.DoesNotContain("与D022", list.Body!.TextContent, StringComparison.Ordinal);
        var row = Assert.Single(list.QuerySelectorAll("tbody tr"), Tells("与D021"));
        Assert.Empty(row.QuerySelectorAll("a"));
        foreach (var path in (string[])[theirs, ours, $"/members/{club.Other}/complaints"])
            Assert.Equal(HttpStatusCode.NotFound, (await director.Get(path)).Status);
        // What concerns their own dealer they follow up, whoever the member's dealer is now.
        Assert.Contains("done=followed", (await director.Post($"{ours}/follow", new() { ["text"] = "x" })).LeadsTo, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await director.Post($"{theirs}/follow", new() { ["text"] = "x" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await director.Get($"{theirs}?phone=13800138002")).Status);

        var guest = (await director.Get($"{ours}?phone=13800138002")).Page;
        Assert.Contains("王**", guest.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("王伟", guest.Body!.TextContent, StringComparison.Ordinal);
        var action = guest.QuerySelector("form[action*='/follow']")!.GetAttribute("action")!;
        Assert.EndsWith("?phone=13800138002", action, StringComparison.Ordinal);
        Assert.Contains("done=followed", (await director.Post(action[Browser.Base.Length..], new() { ["text"] = "已联系" })).LeadsTo, StringComparison.Ordinal);
        Assert.DoesNotContain("与D022", (await director.Get($"/members/{club.Other}/complaints?phone=13800138002")).Page.Body!.TextContent, StringComparison.Ordinal);
    }

    private static string Soon => DateTime.UtcNow.AddMonths(6).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task One_that_is_overdue_stands_out()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        var path = await Open(hq, club.Own, "过期", "D021");
        var (store, parts) = (club.Host.Get<IClubStore>(), path.Split('/'));
        var open = (await store.Read<Complaint>(parts[^2], Uri.UnescapeDataString(parts[^1]), TestContext.Current.CancellationToken))!;
        await store.Commit(parts[^2], [(open.Value with { DueOn = new DateOnly(2020, 1, 1) }).ToReplace(open.ETag)],
            TestContext.Current.CancellationToken);
        var row = Assert.Single((await hq.Get("/complaints")).Page.QuerySelectorAll("tbody tr"), Tells("过期"));
        Assert.Equal("已逾期", row.QuerySelector(".badge.bad")!.TextContent);
    }

    [Fact]
    public async Task What_somebody_complains_of_is_text()
    {
        const string Hostile = "</p><script>alert(1)</script><img src=x onerror=alert(2)>";
        using var hq = Browser.Of(club.Host, Role.Hq);
        var path = await Open(hq, club.Own, Hostile, "D021", Hostile);
        foreach (var page in (string[])[path, "/complaints", $"/members/{club.Own}/complaints"])
        {
            var seen = (await hq.Get(page)).Page;
            Assert.Empty(seen.QuerySelectorAll("img, script:not([src])"));
            Assert.Contains(Hostile, seen.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Get($"/complaints/{club.Other}/{path.Split('/')[^1]}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Get($"/complaints/{club.Own}/profile")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Post($"/complaints/{club.Own}/profile/follow", new() { ["text"] = "x" })).Status);
    }

    [Fact]
    public async Task Both_dealers_see_who_went_and_she_is_seen_where_she_is()
    {
        var member = await club.Register(new { phone = "13800138021", name = "许三", dealerId = "D021" });
        using var from = Browser.Of(club.Host, Role.Director, "D021");
        using var to = Browser.Of(club.Host, Role.Director, "D022");
        foreach (var (field, value) in ((string, string)[])[("dealerId", ""), ("dealerId", "D404"), ("reason", "")])
        {
            var seen = await from.Post($"/members/{member}/transfer", new() { ["dealerId"] = "D022", ["reason"] = "搬家", [field] = value });
            Assert.Equal((HttpStatusCode.BadRequest, field), (seen.Status, seen.Page.QuerySelector("[aria-invalid]")!.GetAttribute("name")));
        }
        Assert.Equal($"{Browser.Base}/transfers?direction=out&done=moved", (await from.Post($"/members/{member}/transfer", new() { ["dealerId"] = "D022", ["reason"] = "搬家" })).LeadsTo);
        var left = Assert.Single((await from.Get("/transfers?direction=out")).Page.QuerySelectorAll("tbody tr"), Tells(member));
        Assert.Null(left.QuerySelector("a"));
        var came = Assert.Single((await to.Get("/transfers")).Page.QuerySelectorAll("tbody tr"), Tells(member));
        Assert.Contains("搬家", came.TextContent, StringComparison.Ordinal);
        Assert.NotNull(came.QuerySelector("a"));
        Assert.Equal(HttpStatusCode.NotFound, (await from.Get($"/members/{member}")).Status);
        Assert.DoesNotContain(member, (await from.Get("/transfers?dealerId=D022")).Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("从D021转会到D022", (await to.Get($"/members/{member}/history")).Page.Body!.TextContent, StringComparison.Ordinal);

        // As a guest she may be taken back, and sent nowhere else.
        Assert.Equal(HttpStatusCode.Forbidden, (await from.Post($"/members/{member}/transfer?phone=13800138021", new() { ["dealerId"] = "D023", ["reason"] = "x" })).Status);
        var guest = (await from.Get($"/members/{member}/acts?phone=13800138021")).Page;
        Assert.Empty(guest.QuerySelectorAll("form[action*='/correct'], form[action*='/consent']"));
        var form = guest.QuerySelector("form[action*='/transfer']")!;
        Assert.Equal("D021", form.QuerySelector("[name=dealerId]")!.GetAttribute("value"));
        Assert.Contains("done=moved", (await from.Post(form.GetAttribute("action")![Browser.Base.Length..], new() { ["dealerId"] = "D021", ["reason"] = "回来" })).LeadsTo, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await from.Get($"/members/{member}")).Status);
    }

    private static Predicate<AngleSharp.Dom.IElement> Tells(string text) => row => row.TextContent.Contains(text, StringComparison.Ordinal);

    private static async Task<string> Open(Browser browser, string member, string subject, string dealer, string text = "x") =>
        (await browser.Post($"/members/{member}/complaints", new() { ["subject"] = subject, ["text"] = text, ["dealerId"] = dealer }))
            .LeadsTo![Browser.Base.Length..].Split('?')[0];
}
