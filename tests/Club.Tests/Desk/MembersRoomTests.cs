using System.Net;
using Club.Access;
using Club.Tiers;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Members on pages: found, scoped, masked, served.</summary>
public sealed class MembersRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    [Theory]
    [InlineData("13800138001")]
    [InlineData("+86 138 0013 8001")]
    [InlineData("LSJA24U62JG269225")]
    [InlineData("沪A12345")]
    [InlineData("沪a·12345")]
    [InlineData("李明")]
    public async Task One_box_takes_whatever_somebody_shows(string text)
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        Assert.Equal([club.Own], Found(await hq.Get($"/members?q={Uri.EscapeDataString(text)}")));
    }

    [Fact]
    public async Task Keys_are_combined_and_what_is_none_is_said()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        Assert.Equal([club.Own], Found(await hq.Get("/members?hobby=%E8%87%AA%E9%A9%BE&dealerId=D021&status=member&tier=ordinary")));
        Assert.Empty(Found(await hq.Get("/members?hobby=%E8%87%AA%E9%A9%BE&dealerId=D022")));
        var wrong = await hq.Get("/members?q=1234567");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.NotNull(wrong.Page.QuerySelector("#found [role=alert]"));
        Assert.Equal(HttpStatusCode.OK, (await hq.Get("/members?continuation=bogus")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/entries")]
    [InlineData("/benefits")]
    public async Task A_dealers_staff_see_their_own_and_of_all_others_the_page_of_nobody(string page)
    {
        using var director = Browser.Of(club.Host, Role.Director, "D021");
        Assert.Equal(HttpStatusCode.OK, (await director.Get($"/members/{club.Own}{page}")).Status);
        var (other, none) = (await director.Get($"/members/{club.Other}{page}"), await director.Get($"/members/M0000000000000000{page}"));
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
        Assert.Equal(none.Status, other.Status);
        Assert.Equal(none.Text.Replace("M0000000000000000", "*", StringComparison.Ordinal), other.Text.Replace(club.Other, "*", StringComparison.Ordinal));
        Assert.Equal(Names(none), Names(other));
    }

    [Fact]
    public async Task A_dealer_beyond_every_code_is_not_taken_for_none()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        var seen = await hq.Post($"/members/{club.Own}/benefits/rescue/use", new() { ["dealerId"] = new string('D', 65), ["key"] = "long" });
        Assert.Equal(HttpStatusCode.BadRequest, seen.Status);
        Assert.Contains("$.dealerId", seen.Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/benefits/rescue/use")]
    [InlineData("/benefits/rescue/undo")]
    public async Task A_dealers_staff_do_nothing_for_others(string form)
    {
        using var director = Browser.Of(club.Host, Role.Director, "D021");
        var (other, none) = (await director.Post($"/members/{club.Other}{form}"), await director.Post($"/members/M0000000000000000{form}"));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (none.Status, other.Status));
    }

    [Fact]
    public async Task Lists_of_a_dealers_staff_hold_their_own_only()
    {
        using var director = Browser.Of(club.Host, Role.Director, "D021");
        Assert.DoesNotContain(club.Other, Found(await director.Get("/members")));
        Assert.Empty(Found(await director.Get("/members?q=%E7%8E%8B%E4%BC%9F")));
        Assert.Empty(Found(await director.Get("/members?dealerId=D022")));
        Assert.Empty(Found(await director.Get("/members?q=13800138002&hobby=x")));
    }

    [Fact]
    public async Task A_guest_who_shows_her_phone_is_seen_masked_on_every_page_about_her()
    {
        using var director = Browser.Of(club.Host, Role.Director, "D021");
        var list = await director.Get("/members?q=13800138002");
        var link = list.Page.QuerySelector("#found tbody a")!;
        Assert.Equal("王**", link.TextContent);
        Assert.Equal($"{Browser.Base}/members/{club.Other}?phone=13800138002", link.GetAttribute("href"));
        var page = (await director.Get(link.GetAttribute("href")![Browser.Base.Length..])).Page;
        Assert.NotNull(page.QuerySelector(".note"));
        foreach (var tab in page.QuerySelectorAll(".tabs a").Select(tab => tab.GetAttribute("href")!))
        {
            Assert.EndsWith("?phone=13800138002", tab, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await director.Get(tab[Browser.Base.Length..])).Status);
        }
        using var hq = Browser.Of(club.Host, Role.Hq);
        Assert.DoesNotContain("phone=", (await hq.Get("/members?q=13800138002")).Page.QuerySelector("#found a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_sees_everybody_masked_and_does_nothing()
    {
        using var auditor = Browser.Of(club.Host, Role.Auditor);
        var text = string.Concat(await Texts(auditor, $"/members/{club.Own}", "/members", $"/members/{club.Own}/benefits", $"/members/{club.Own}/entries",
            $"/members/{club.Own}/messages"));
        foreach (var person in (string[])["李明", "13800138001", "LSJA24U62JG269225", "沪A12345"])
            Assert.DoesNotContain(person, text, StringComparison.Ordinal);
        Assert.Contains("李**", text, StringComparison.Ordinal);
        Assert.Empty((await auditor.Get($"/members/{club.Own}/benefits")).Page.QuerySelectorAll("main form"));
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.Post($"/members/{club.Own}/benefits/rescue/use")).Status);
    }

    [Fact]
    public async Task Every_entry_says_why_in_the_language_of_the_page()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        using var english = Browser.Of(club.Host, Role.Hq, language: "en");
        var (chinese, other) = ((await hq.Get($"/members/{club.Own}/entries")).Page, (await english.Get($"/members/{club.Own}/entries")).Page);
        Assert.Contains("获得", chinese.QuerySelector("tbody.entry details")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("earned", other.QuerySelector("tbody.entry details")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("+700", chinese.QuerySelector("tbody.entry td.plus")!.TextContent.Trim());
        Assert.Equal(HttpStatusCode.OK, (await hq.Get($"/members/{club.Own}/entries?continuation=x")).Status);
    }

    [Fact]
    public async Task A_benefit_is_used_once_however_often_its_form_is_sent_and_is_taken_back()
    {
        var member = await club.Register(new { phone = "13800138011", name = "赵六", dealerId = "D021" });
        await club.Host.Get<TierGrants>().Give(new(member), new(new("gold"), new DateOnly(2999, 1, 1), "x"), null, Caller.OperatorAs("x"),
            TestContext.Current.CancellationToken);
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        var page = (await advisor.Get($"/members/{member}/benefits")).Page;
        var form = page.QuerySelectorAll("form[action$='/use']").First(form => form.Closest("tr")!.TextContent.Contains("免费检测", StringComparison.Ordinal));
        Assert.Null(form.QuerySelector("[name=dealerId]"));
        var (action, key) = (form.GetAttribute("action")![Browser.Base.Length..], form.QuerySelector("[name=key]")!.GetAttribute("value")!);

        for (var i = 0; i < 3; i++)
            Assert.Equal($"{Browser.Base}/members/{member}/benefits?done=used", (await advisor.Post(action, new() { ["key"] = key })).LeadsTo);

        page = (await advisor.Get($"/members/{member}/benefits?done=used")).Page;
        Assert.NotNull(page.QuerySelector(".done"));
        Assert.Equal("1", page.QuerySelectorAll("tbody tr").First(row => row.TextContent.Contains("免费检测", StringComparison.Ordinal))
            .QuerySelector("strong")!.TextContent);
        var undo = Assert.Single(page.QuerySelectorAll("form[action$='/undo']"));
        using var elsewhere = Browser.Of(club.Host, Role.Advisor, "D022");
        var fields = new Dictionary<string, string> { ["key"] = undo.QuerySelector("[name=key]")!.GetAttribute("value")!, ["reason"] = "误操作" };
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.Post($"{undo.GetAttribute("action")![Browser.Base.Length..]}?phone=13800138011", fields)).Status);
        Assert.Contains("done=undone", (await advisor.Post(undo.GetAttribute("action")![Browser.Base.Length..], fields)).LeadsTo, StringComparison.Ordinal);
        Assert.Contains("已撤销", (await advisor.Get($"/members/{member}/benefits")).Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await advisor.Post(action, new() { ["key"] = key })).Status);
    }

    [Fact]
    public async Task Turning_pages_meets_everybody_once()
    {
        await using var host = await ClubHost.Start();
        var all = new HashSet<string>();
        for (var i = 0; i < 83; i++)
        {
            var (_, body) = await host.Staff.Register(new { phone = $"138001{i:D5}", name = "王", dealerId = i % 4 == 0 ? "D022" : "D021" });
            all.Add((string)body["memberId"]!);
        }
        using var hq = Browser.Of(host, Role.Hq);
        Assert.Equal(all.Order(), (await Turned(hq, "/members")).Order());
        Assert.Equal(all.Order(), (await Turned(hq, "/members?tier=ordinary&q=%E7%8E%8B")).Order());
        using var director = Browser.Of(host, Role.Director, "D022");
        Assert.Equal(21, (await Turned(director, "/members")).Count);
    }

    private static async Task<List<string>> Turned(Browser browser, string path)
    {
        var met = new List<string>();
        for (string? next = path; next is not null;)
        {
            var seen = await browser.Get(next);
            met.AddRange(Found(seen));
            Assert.True(met.Count < 1000);
            next = seen.Page.QuerySelector("a[rel=next]")?.GetAttribute("href")?[Browser.Base.Length..];
        }
        return met;
    }

    private static async Task<IEnumerable<string>> Texts(Browser browser, params string[] paths)
    {
        var texts = new List<string>();
        foreach (var path in paths) texts.Add((await browser.Get(path)).Page.DocumentElement.TextContent);
        return texts;
    }

    private static IEnumerable<string> Names(Seen seen) => seen.Answer.Headers.Concat(seen.Answer.Content.Headers).Select(header => header.Key).Order();

    private static List<string> Found(Seen seen) =>
        [.. seen.Page.QuerySelectorAll("#found tbody th a").Select(link => link.GetAttribute("href")!.Split('/')[^1].Split('?')[0])];
}
