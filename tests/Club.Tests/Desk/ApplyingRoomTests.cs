using System.Net;
using Club.Access;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Who is to become a member, on pages.</summary>
public sealed class ApplyingRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    [Fact]
    public async Task An_advisor_proposes_her_director_approves_and_she_is_a_member()
    {
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        using var director = Browser.Of(club.Host, Role.Director, "D021");
        var page = (await advisor.Get("/applications/new")).Page;
        Assert.Null(page.QuerySelector("[name=dealerId]"));
        var form = new Dictionary<string, string> { ["key"] = page.QuerySelector("[name=key]")!.GetAttribute("value")!, ["name"] = "周八",
            ["phone"] = "13700137001", ["birthday"] = "1990-02-03", ["city"] = "苏州", ["gender"] = "female", ["hobbies"] = "自驾、摄影, 美食", ["note"] = "展厅" };

        for (var i = 0; i < 3; i++) Assert.Equal($"{Browser.Base}/applications?done=proposed", (await advisor.Post("/applications/new", form)).LeadsTo);

        var waiting = (await advisor.Get("/applications")).Page;
        var row = Assert.Single(waiting.QuerySelectorAll("tbody tr"), row => row.TextContent.Contains("周八", StringComparison.Ordinal));
        Assert.Contains("展厅", row.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("13700137001", row.TextContent, StringComparison.Ordinal);
        Assert.Empty(waiting.QuerySelectorAll("tbody form"));
        var approve = await Action(director, "周八", "approve");
        Assert.Equal(HttpStatusCode.Forbidden, (await advisor.Post(approve)).Status);
        var led = (await director.Post(approve)).LeadsTo!;
        Assert.StartsWith($"{Browser.Base}/applications?done=approved&member=M", led, StringComparison.Ordinal);
        var member = (await director.Get(led[Browser.Base.Length..])).Page.QuerySelector(".done a")!.GetAttribute("href")!;
        var text = (await director.Get(member[Browser.Base.Length..])).Page.Body!.TextContent;
        foreach (var told in (string[])["周八", "苏州", "自驾、摄影、美食", "1990-02-03", "D021"]) Assert.Contains(told, text, StringComparison.Ordinal);
        Assert.DoesNotContain("周八", (await director.Get("/applications")).Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("周八", (await director.Get("/applications?state=approved")).Page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_says_why_and_what_she_told_is_gone()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        await Propose(hq, "吴九", "13700137002", dealer: "D022");
        var refuse = await Action(hq, "吴九", "refuse");
        Assert.Equal(HttpStatusCode.BadRequest, (await hq.Post(refuse)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await hq.Post(refuse, new() { ["reason"] = new string('x', 513) })).Status);
        Assert.Equal($"{Browser.Base}/applications?done=refused", (await hq.Post(refuse, new() { ["reason"] = "重复申请" })).LeadsTo);
        var text = (await hq.Get("/applications?state=refused")).Page.QuerySelector("tbody")!.TextContent;
        Assert.Contains("重复申请", text, StringComparison.Ordinal);
        Assert.DoesNotContain("吴九", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await hq.Post(refuse.Replace("/refuse", "/approve", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_what_was_typed_stays()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        foreach (var (field, value) in ((string, string)[])[("phone", "12"), ("birthday", "2999-01-01"), ("dealerId", "D404"), ("name", new string('x', 65))])
        {
            var seen = await hq.Post("/applications/new", new() { ["name"] = "郑十", ["phone"] = "13700137003", [field] = value });
            Assert.Equal(HttpStatusCode.BadRequest, seen.Status);
            var input = seen.Page.QuerySelector("[aria-invalid]")!;
            Assert.Equal(field, input.GetAttribute("name"));
            Assert.NotEmpty(seen.Page.GetElementById(input.GetAttribute("aria-describedby")!)!.TextContent);
            Assert.Equal(field == "name" ? value : "郑十", seen.Page.QuerySelector("[name=name]")!.GetAttribute("value"));
        }
        Assert.DoesNotContain("郑十", (await hq.Get("/applications?state=all")).Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dealer_sees_and_decides_its_own()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        using var other = Browser.Of(club.Host, Role.Director, "D022");
        await Propose(hq, "冯一", "13700137004", dealer: "D021");
        await Propose(hq, "陈二", "13700137005", dealer: null);
        foreach (var name in (string[])["冯一", "陈二"])
        {
            Assert.DoesNotContain(name, (await other.Get("/applications?state=all&dealerId=D021")).Page.Body!.TextContent, StringComparison.Ordinal);
            var approve = await Action(hq, name, "approve");
            Assert.Equal(HttpStatusCode.NotFound, (await other.Post(approve)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await other.Post(approve.Replace("/approve", "/refuse", StringComparison.Ordinal), new() { ["reason"] = "x" })).Status);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await other.Post("/applications/new", new() { ["phone"] = "13700137006", ["dealerId"] = "D021" })).Status);
        foreach (var role in (Role[])[Role.Finance, Role.Marketing])
        {
            using var nobody = Browser.Of(club.Host, role);
            Assert.Equal(HttpStatusCode.Forbidden, (await nobody.Get("/applications")).Status);
        }
    }

    [Fact]
    public async Task What_she_told_is_text()
    {
        const string Hostile = "<img src=x onerror=alert(1)>\"'";
        using var hq = Browser.Of(club.Host, Role.Hq);
        await Propose(hq, Hostile, "13700137007", dealer: null);
        var page = (await hq.Get("/applications")).Page;
        Assert.Empty(page.QuerySelectorAll("img"));
        Assert.Contains(page.QuerySelectorAll("tbody th"), cell => cell.TextContent.Contains(Hostile, StringComparison.Ordinal));
        var again = await hq.Post("/applications/new", new() { ["phone"] = "x", ["note"] = "</textarea><img>", ["city"] = Hostile, ["gender"] = Hostile });
        Assert.Empty(again.Page.QuerySelectorAll("img"));
        Assert.Equal("</textarea><img>", again.Page.QuerySelector("textarea")!.TextContent);
    }

    private static async Task Propose(Browser browser, string name, string phone, string? dealer) =>
        Assert.Equal($"{Browser.Base}/applications?done=proposed",
            (await browser.Post("/applications/new", new() { ["name"] = name, ["phone"] = phone, ["dealerId"] = dealer ?? "" })).LeadsTo);

    private static async Task<string> Action(Browser browser, string name, string what)
    {
        var rows = (await browser.Get("/applications")).Page.QuerySelectorAll("tbody tr");
        var row = Assert.Single(rows, row => row.TextContent.Contains(name, StringComparison.Ordinal));
        return row.QuerySelector($"form[action$='/{what}']")!.GetAttribute("action")![Browser.Base.Length..];
    }
}
