using System.Net;
using System.Text.RegularExpressions;
using Club.Access;
using Club.Desk.Frame;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>What holds for every page: rights, headers, encoding, weight.</summary>
public sealed partial class PageTests(DeskClub club) : IClassFixture<DeskClub>
{
    private static readonly RoomList Rooms = new();

    /// <summary>Each route, with something in its places.</summary>
    private IEnumerable<(Route Route, string Path)> All => Rooms.All.SelectMany(room => room.Routes.Select(route => (route,
        $"/{room.Path}/{route.Pattern}".TrimEnd('/').Replace("{id}", club.Own, StringComparison.Ordinal).Replace("{version}", "1.0", StringComparison.Ordinal)
            .Replace("{benefit}", "rescue", StringComparison.Ordinal))));

    private IEnumerable<string> Pages => All.Where(page => !page.Route.IsForm && !page.Route.IsFile).Select(page => page.Path);

    public static TheoryData<Role> Staff => [.. Enum.GetValues<Role>().Where(role => role is not (Role.Operator or Role.Member))];

    [Theory]
    [MemberData(nameof(Staff))]
    public async Task A_role_enters_the_rooms_of_its_rights_and_no_other(Role role)
    {
        using var browser = Browser.Of(club.Host, role);
        foreach (var (route, path) in All)
        {
            var seen = route.IsForm ? await browser.Post(path) : await browser.Get(path);
            var may = Rights.Has(role, route.Right) && !(path.EndsWith("/messages", StringComparison.Ordinal) && !Rights.Has(role, Right.ReadMessages));
            Assert.True(may != (seen.Status == HttpStatusCode.Forbidden), $"{role} {path}: {seen.Status}");
            Assert.True((int)seen.Status < 500, $"{role} {path}: {seen.Status}");
        }
        var shown = (await browser.Get("/nothing")).Page.QuerySelectorAll(".side nav a").Select(link => link.GetAttribute("href"));
        Assert.Equal(Rooms.All.Where(room => Rights.Has(role, room.Right)).Select(room => $"{Browser.Base}/{room.Path}"), shown);
    }

    [Fact]
    public async Task Somebody_begins_in_the_first_room_that_is_hers()
    {
        using var start = Browser.Of(club.Host, Role.Partner);
        Assert.Equal($"{Browser.Base}/settlement", (await start.Get("/")).LeadsTo);
        Assert.Equal([$"{Browser.Base}/settlement", $"{Browser.Base}/partners"],
            (await start.Get("/settlement")).Page.QuerySelectorAll(".side nav a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Every_page_says_what_a_browser_may_do_with_it()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        using var nobody = new Browser(club.Host);
        foreach (var seen in (Seen[])[.. await Task.WhenAll(Pages.Append("/nothing").Select(hq.Get)), await nobody.Get("/sign-in"), await hq.Get("/"),
            await hq.Post("/work/rejections/none/replay"), await hq.Post("/preferences"), await hq.Post("/x", site: "cross-site")])
        {
            Assert.Equal(PageHeaders.Policy, seen.Header("Content-Security-Policy"));
            Assert.Equal("nosniff", seen.Header("X-Content-Type-Options"));
            Assert.Equal("same-origin", seen.Header("Referrer-Policy"));
            Assert.Equal("no-store", seen.Header("Cache-Control"));
        }
        Assert.DoesNotContain("unsafe", PageHeaders.Policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'", PageHeaders.Policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en-GB")]
    public async Task A_page_is_whole_light_and_has_nothing_inline(string language)
    {
        using var hq = Browser.Of(club.Host, Role.Hq, language: language);
        foreach (var path in Pages.Append("/nothing"))
        {
            var seen = await hq.Get(path);
            Assert.True(seen.Text.Length + DeskAssets.Weight < 150 * 1024, $"{path}: {seen.Text.Length} + {DeskAssets.Weight}");
            var page = seen.Page;
            Assert.Equal(language[..2], page.DocumentElement.GetAttribute("lang")![..2]);
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.All(page.QuerySelectorAll("script"), script => Assert.True(script.TextContent.Length == 0 && script.HasAttribute("src")));
            Assert.Empty(page.QuerySelectorAll("style, [style], base, iframe, object, embed"));
            Assert.DoesNotContain(page.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
            Assert.All(page.QuerySelectorAll("[src], [href], form[action]"), element =>
            {
                var address = element.GetAttribute("src") ?? element.GetAttribute("href") ?? element.GetAttribute("action")!;
                Assert.True(address.StartsWith(Browser.Base, StringComparison.Ordinal) || address.StartsWith('#'), address);
            });
            Assert.All(page.QuerySelectorAll("input:not([type=hidden]), select, textarea"), field => Assert.True(
                field.HasAttribute("aria-label") || field.Closest("label") is not null || page.QuerySelector($"label[for='{field.Id}']") is not null,
                $"{path}: {field.OuterHtml}"));
            Assert.All(page.QuerySelectorAll("table"), table => Assert.NotNull(table.QuerySelector("caption")));
            Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(element => element.Id).Distinct().Count());
        }
    }

    [Fact]
    public async Task What_somebody_is_called_is_text_and_never_markup()
    {
        const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
        var member = await club.Register(new { phone = "13800138009", name = Hostile, dealerId = "D021", city = Hostile,
            hobbies = new[] { Hostile }, vehicles = new[] { new { model = Hostile, plate = "沪A99999" } } });
        await club.Host.Get<Accrue>().Handle(
            [Events.Bill(Hostile, "13800138009", time: "2026-01-02T10:20:00+08:00"), Events.Bill(Hostile, "1", source: "/" + Hostile)],
            TestContext.Current.CancellationToken);
        using var hq = Browser.Of(club.Host, Role.Hq);
        string[] paths = [$"/members/{member}", $"/members/{member}/entries", $"/members/{member}/benefits", "/members", "/work",
            $"/members?q={Uri.EscapeDataString(Hostile)}", $"/{Uri.EscapeDataString(Hostile)}", $"/members/{Uri.EscapeDataString(Hostile)}",
            $"/sign-in?back={Uri.EscapeDataString(Hostile)}&code={Uri.EscapeDataString(Hostile)}"];
        foreach (var path in paths)
        {
            var page = (await hq.Get(path)).Page;
            Assert.Empty(page.QuerySelectorAll("img, script:not([src])"));
            Assert.DoesNotContain(page.All, element => element.HasAttribute("onerror"));
        }
        Assert.Contains(Hostile, (await hq.Get($"/members/{member}")).Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("same-origin", null, false)]
    [InlineData(null, null, false)]
    [InlineData("cross-site", null, true)]
    [InlineData("same-site", null, true)]
    [InlineData("none", null, true)]
    [InlineData(null, "https://elsewhere.example", true)]
    [InlineData(null, "null", true)]
    [InlineData(null, "", true)]
    public async Task A_form_of_another_site_does_nothing(string? site, string? origin, bool isRefused)
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        foreach (var path in All.Where(page => page.Route.IsForm).Select(page => page.Path).Concat(["/sign-in", "/sign-out", "/preferences"]))
        {
            var seen = await hq.Post(path, site: site, origin: origin);
            Assert.True(isRefused == (seen.Status == HttpStatusCode.Forbidden), $"{path}: {seen.Status}");
            if (isRefused) Assert.Equal("", seen.Header("Set-Cookie"));
        }
    }

    [Fact]
    public async Task Style_and_script_are_kept_for_a_year_under_a_name_of_their_content()
    {
        using var nobody = new Browser(club.Host);
        var page = (await nobody.Get("/sign-in")).Page;
        foreach (var address in page.QuerySelectorAll("link, script").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!))
        {
            Assert.Matches(Digested(), address);
            var seen = await nobody.Get(address[Browser.Base.Length..]);
            Assert.Equal((HttpStatusCode.OK, "public, max-age=31536000, immutable"), (seen.Status, seen.Header("Cache-Control")));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.Get("/assets/desk.css")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.Get("/assets/..%2Fx")).Status);
    }

    [Fact]
    public async Task A_form_that_is_too_long_or_broken_does_nothing()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await hq.Post("/rules/publish", new() { ["note"] = new string('x', 70_000) })).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await hq.Post("/rules/draft", new() { ["programme"] = new string('x', 4_300_000) })).Status);
        var many = Enumerable.Range(0, 500).ToDictionary(i => $"f{i}", i => "");
        Assert.Equal(HttpStatusCode.BadRequest, (await hq.Post("/rules/publish", many)).Status);
        Assert.True((int)(await hq.Post("/preferences", many)).Status < 500);
        using var json = new HttpRequestMessage(HttpMethod.Post, $"{Browser.Base}/rules/publish") { Content = new StringContent("{}",
            System.Text.Encoding.UTF8, "application/json"), Headers = { { "Sec-Fetch-Site", "same-origin" } } };
        Assert.Equal(HttpStatusCode.BadRequest, (await hq.Send(json)).Status);
    }

    [Fact]
    public async Task The_language_and_the_colours_are_chosen_and_kept()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        Assert.Equal("club-console-view=en.auto", (await hq.Post("/preferences", new() { ["language"] = "en" })).Header("Set-Cookie").Split(';')[0]);
        using var english = new Browser(club.Host) { Cookie = hq.Cookie + "; club-console-view=en.dark" };
        var page = (await english.Get("/members")).Page;
        Assert.Equal(("en", "dark", "Members"), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("data-theme"),
            page.QuerySelector("h1")!.TextContent));
        Assert.Equal("会员", (await hq.Get("/members")).Page.QuerySelector("h1")!.TextContent);
    }

    [GeneratedRegex(@"^/api/console/assets/[a-z]+\.[\w-]{12}\.(css|js|svg)$")]
    private static partial Regex Digested();
}
