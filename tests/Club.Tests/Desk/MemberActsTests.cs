using System.Net;
using System.Text.Json.Nodes;
using Club.Access;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>What is done for one member, on her page.</summary>
public sealed class MemberActsTests(DeskClub club) : IClassFixture<DeskClub>
{
    [Fact]
    public async Task A_profile_is_corrected_by_what_was_typed_anew()
    {
        var member = await club.Register(new { phone = "13800138031", name = "何四", dealerId = "D021", city = "上海", hobbies = new[] { "自驾" }, gender = "female", birthday = "1990-01-02" });
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        var form = await Fields(advisor, member);
        Assert.Equal(("何四", "1990-01-02", "上海", "自驾", "female"), (form["name"], form["birthday"], form["city"], form["hobbies"], form["gender"]));
        Assert.Equal(HttpStatusCode.BadRequest, (await advisor.Post($"/members/{member}/correct", form)).Status);

        // Somebody else changes the name meanwhile; who changes the city leaves it alone.
        Assert.Contains("done=corrected", (await advisor.Post($"/members/{member}/correct", new(form) { ["name"] = "何思" })).LeadsTo, StringComparison.Ordinal);
        Assert.Contains("done=corrected", (await advisor.Post($"/members/{member}/correct",
            new(form) { ["city"] = "", ["hobbies"] = "摄影，美食", ["phone"] = "13800138032" })).LeadsTo, StringComparison.Ordinal);

        form = await Fields(advisor, member);
        Assert.Equal(("何思", "", "摄影、美食"), (form["name"], form["city"], form["hobbies"]));
        using var hq = Browser.Of(club.Host, Role.Hq);
        Assert.Contains(member, (await hq.Get("/members?q=13800138032")).Page.QuerySelector("#found")!.InnerHtml, StringComparison.Ordinal);
        Assert.DoesNotContain(member, (await hq.Get("/members?q=13800138031")).Page.QuerySelector("#found")!.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("资料变更：", (await advisor.Get($"/members/{member}/history")).Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phone", "12", HttpStatusCode.BadRequest)]
    [InlineData("phone", "13800138001", HttpStatusCode.Conflict)]
    [InlineData("birthday", "2999-01-01", HttpStatusCode.BadRequest)]
    [InlineData("birthday", "yesterday", HttpStatusCode.BadRequest)]
    public async Task What_is_wrong_stands_at_its_field(string field, string value, HttpStatusCode status)
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        var seen = await hq.Post($"/members/{club.Other}/correct", new() { ["name"] = "别名", ["was-name"] = "王伟", [field] = value });
        Assert.Equal((status, field), (seen.Status, seen.Page.QuerySelector("[aria-invalid]")!.GetAttribute("name")));
        Assert.Equal("别名", seen.Page.QuerySelector("[name=name]")!.GetAttribute("value"));
        Assert.Equal("王伟", (await Fields(hq, club.Other))["name"]);
    }

    [Fact]
    public async Task What_she_says_about_messages_is_kept()
    {
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        Assert.Equal(HttpStatusCode.BadRequest, (await advisor.Post($"/members/{club.Own}/consent", new() { ["sms"] = "maybe" })).Status);
        foreach (var (word, shown) in ((string, string)[])[("yes", "已同意"), ("no", "未同意")])
        {
            Assert.Contains("done=consent", (await advisor.Post($"/members/{club.Own}/consent", new() { ["sms"] = word })).LeadsTo, StringComparison.Ordinal);
            Assert.Contains(shown, (await advisor.Get($"/members/{club.Own}")).Page.QuerySelector(".facts-list")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/acts")]
    [InlineData("/history")]
    [InlineData("/complaints")]
    public async Task Another_dealers_member_is_nobody(string page)
    {
        using var director = Browser.Of(club.Host, Role.Director, "D021");
        Assert.Equal(HttpStatusCode.OK, (await director.Get($"/members/{club.Own}{page}")).Status);
        var (other, none) = (await director.Get($"/members/{club.Other}{page}"), await director.Get($"/members/M0000000000000000{page}"));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (other.Status, none.Status));
        Assert.Equal(none.Text.Replace("M0000000000000000", "*", StringComparison.Ordinal), other.Text.Replace(club.Other, "*", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_done_for_another_dealers_member_nor_for_a_guest()
    {
        using var director = Browser.Of(club.Host, Role.Director, "D021");
        foreach (var query in (string[])["", "?phone=13800138002"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await director.Post($"/members/{club.Other}/correct{query}", new() { ["name"] = "x" })).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await director.Post($"/members/{club.Other}/consent{query}", new() { ["sms"] = "yes" })).Status);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await director.Post($"/members/{club.Other}/transfer", new() { ["dealerId"] = "D021", ["reason"] = "x" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await director.Post($"/members/{club.Other}/complaints", new() { ["subject"] = "x", ["text"] = "x" })).Status);
        foreach (var page in (string[])["export", "erase", "erasure"])
            Assert.Equal(HttpStatusCode.Forbidden, (await director.Get($"/members/{club.Own}/{page}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await director.Post($"/members/{club.Own}/erase", new() { ["reason"] = "x", ["forever"] = "yes" })).Status);
        Assert.Empty((await director.Get($"/members/{club.Own}/acts")).Page.QuerySelectorAll("a[href*='/export'], a[href*='/erase']"));
        var guest = (await director.Get($"/members/{club.Other}/history?phone=13800138002")).Page;
        Assert.DoesNotContain("王伟", guest.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_about_her_is_downloaded()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        var file = await hq.Get($"/members/{club.Own}/export");
        Assert.Equal($"attachment; filename=\"{club.Own}.json\"", file.Header("Content-Disposition"));
        Assert.Equal("no-store", file.Header("Cache-Control"));
        Assert.Equal(club.Own, (string?)JsonNode.Parse(file.Text)!["memberId"]);
        Assert.Contains("13800138001", file.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Get("/members/M0000000000000000/export")).Status);
        using var auditor = Browser.Of(club.Host, Role.Auditor);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.Get($"/members/{club.Own}/export")).Status);
        Assert.Contains("导出会员资料", (await auditor.Get($"/audit?member={club.Own}")).Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task She_is_forgotten_only_by_who_has_read_and_said_why()
    {
        var member = await club.Register(new { phone = "13800138041", name = "吕六六", dealerId = "D021" });
        using var hq = Browser.Of(club.Host, Role.Hq);
        Assert.NotNull((await hq.Get($"/members/{member}/erase")).Page.QuerySelector("input[name=forever][required]"));
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Get($"/members/{member}/erasure")).Status);
        foreach (var form in (Dictionary<string, string>[])[[], new() { ["reason"] = "本人要求" }, new() { ["forever"] = "yes" },
            new() { ["reason"] = "吕六六要求", ["forever"] = "yes" }, new() { ["reason"] = "138 0013 8041", ["forever"] = "yes" }])
        {
            var refused = await hq.Post($"/members/{member}/erase", form);
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.NotNull(refused.Page.QuerySelector("main [role=alert]"));
        }
        Assert.Equal(HttpStatusCode.OK, (await hq.Get($"/members/{member}")).Status);

        var led = (await hq.Post($"/members/{member}/erase", new() { ["reason"] = "本人要求", ["forever"] = "yes" })).LeadsTo;

        Assert.Equal($"{Browser.Base}/members/{member}/erasure", led);
        var receipt = (await hq.Get($"/members/{member}/erasure")).Page.QuerySelector("main")!.TextContent;
        foreach (var told in (string[])["个人信息已删除", "李娜", "本人要求", "身份标识"]) Assert.Contains(told, receipt, StringComparison.Ordinal);
        Assert.DoesNotContain("吕六六", receipt, StringComparison.Ordinal);
        foreach (var page in (string[])["", "/entries", "/history", "/acts", "/complaints", "/erase", "/export"])
            Assert.Equal(HttpStatusCode.NotFound, (await hq.Get($"/members/{member}{page}")).Status);
        Assert.Equal(led, (await hq.Post($"/members/{member}/erase", new() { ["reason"] = "再次", ["forever"] = "yes" })).LeadsTo);
        Assert.Contains("删除个人信息", (await hq.Get($"/audit?member={member}")).Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_hers_is_encoded()
    {
        const string Hostile = "<img src=x onerror=alert(1)>\"'";
        var member = await club.Register(new { phone = "13800138051", name = Hostile, dealerId = "D021", city = Hostile, gender = "\"><img>", hobbies = new[] { Hostile } });
        using var hq = Browser.Of(club.Host, Role.Hq);
        await hq.Post($"/members/{member}/transfer", new() { ["dealerId"] = "D022", ["reason"] = Hostile });
        foreach (var page in (string[])["/acts", "/history", "/complaints", "/erase"])
        {
            var seen = (await hq.Get($"/members/{member}{page}")).Page;
            Assert.Empty(seen.QuerySelectorAll("img"));
            Assert.Contains(Hostile, seen.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        }
    }

    private static async Task<Dictionary<string, string>> Fields(Browser browser, string member) =>
        (await browser.Get($"/members/{member}/acts")).Page.QuerySelector("form[action*='/correct']")!.QuerySelectorAll("input, select")
            .ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value")
                ?? field.QuerySelector("option[selected]")?.GetAttribute("value") ?? "");
}
