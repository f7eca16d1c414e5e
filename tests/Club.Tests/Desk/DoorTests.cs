using System.Net;
using Club.Access;
using Club.Desk.Door;
using Club.Kernel;
using Club.Local;
using Functions.Local.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Signing in and out.</summary>
public sealed class DoorTests(DeskClub club) : IClassFixture<DeskClub>
{
    [Fact]
    public async Task Nobody_sees_a_page_before_she_has_signed_in()
    {
        using var nobody = new Browser(club.Host);
        var seen = await nobody.Get($"/members/{club.Own}?phone=1");
        Assert.Equal(HttpStatusCode.SeeOther, seen.Status);
        Assert.StartsWith($"{Browser.Base}/sign-in?back=%2Fapi%2Fconsole%2Fmembers%2F{club.Own}", seen.LeadsTo, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await nobody.Post("/work/rejections/x/replay")).Status);
        Assert.Equal(HttpStatusCode.OK, (await nobody.Get("/sign-in")).Status);
    }

    [Fact]
    public async Task A_link_of_the_start_signs_in_once()
    {
        using var nobody = new Browser(club.Host);
        var code = club.Host.Get<OneTimeCodes>().Issue();
        var page = (await nobody.Get($"/sign-in?code={code}")).Page;
        Assert.Equal(code, page.QuerySelector("input[name=code]")!.GetAttribute("value"));
        Assert.Null(page.QuerySelector("input[name=key]"));
        var form = new Dictionary<string, string> { ["code"] = code, ["role"] = "director", ["scope"] = "D021", ["name"] = "李娜" };

        var seen = await nobody.Post("/sign-in", form);

        Assert.Equal((HttpStatusCode.SeeOther, Browser.Base), (seen.Status, seen.LeadsTo));
        using var director = new Browser(club.Host) { Cookie = seen.Header("Set-Cookie").Split(';')[0] };
        Assert.Contains("李娜", (await director.Get("/members")).Page.QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
        var again = await nobody.Post("/sign-in", form);
        Assert.Equal((HttpStatusCode.Unauthorized, ""), (again.Status, again.Header("Set-Cookie")));
        Assert.Null((await nobody.Get($"/sign-in?code={code}")).Page.QuerySelector("input[name=code]"));
    }

    [Fact]
    public void A_code_is_over_after_a_quarter_of_an_hour_and_few_are_alive()
    {
        var time = new FakeTimeProvider();
        var codes = new OneTimeCodes(time);
        var first = codes.Issue();
        Assert.True(codes.IsGood(first));
        time.Advance(OneTimeCodes.Life);
        Assert.False(codes.IsGood(first));
        Assert.False(codes.Spend(first));
        Assert.False(codes.Spend(null));
        Assert.False(codes.Spend("0"));
        var many = Enumerable.Range(0, 100).Select(_ => codes.Issue()).ToList();
        Assert.InRange(many.Count(codes.IsGood), 1, 16);
        Assert.Equal(100, many.Distinct().Count());
    }

    [Fact]
    public async Task The_cookie_is_the_token_and_closed_to_scripts_and_other_sites()
    {
        using var nobody = new Browser(club.Host);
        var token = Browser.TokenOf(club.Host, Role.Hq);
        var seen = await nobody.Post("/sign-in", new() { ["token"] = $" {token}\n", ["back"] = "/api/console/work" });
        Assert.Equal((HttpStatusCode.SeeOther, "/api/console/work"), (seen.Status, seen.LeadsTo));
        Assert.Equal($"club-console={token}; path=/api/console; samesite=lax; httponly", seen.Header("Set-Cookie"));

        var request = new HttpRequestMessage(HttpMethod.Post, $"{Browser.Base}/sign-in")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token }),
            Headers = { { "X-Forwarded-Proto", "https" }, { "Sec-Fetch-Site", "same-origin" } },
        };
        Assert.Contains("; secure;", (await nobody.Send(request)).Header("Set-Cookie"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_staff_key_buys_a_token_and_is_not_kept()
    {
        using var nobody = new Browser(club.Host);
        var form = new Dictionary<string, string> { ["key"] = DevelopmentKeys.Functions, ["role"] = "auditor" };
        var cookie = (await nobody.Post("/sign-in", form)).Header("Set-Cookie");
        Assert.DoesNotContain(DevelopmentKeys.Functions, cookie, StringComparison.Ordinal);
        using var auditor = new Browser(club.Host) { Cookie = cookie.Split(';')[0] };
        Assert.Equal(HttpStatusCode.OK, (await auditor.Get("/members")).Status);
    }

    [Theory]
    [InlineData("key", "wrong", "hq", HttpStatusCode.Unauthorized)]
    [InlineData("key", DevelopmentKeys.Functions, "member", HttpStatusCode.BadRequest)]
    [InlineData("key", DevelopmentKeys.Functions, "operator", HttpStatusCode.BadRequest)]
    [InlineData("key", DevelopmentKeys.Functions, "director", HttpStatusCode.BadRequest)]
    [InlineData("code", "0123456789ABCDEF", "hq", HttpStatusCode.Unauthorized)]
    [InlineData("token", "no.token.at all", "hq", HttpStatusCode.Unauthorized)]
    [InlineData("token", "eyJhbGciOiJub25lIn0.eyJyb2xlcyI6ImhxIn0.", "hq", HttpStatusCode.Unauthorized)]
    [InlineData("x", "", "", HttpStatusCode.BadRequest)]
    public async Task What_proves_nothing_signs_nobody_in(string name, string value, string role, HttpStatusCode status)
    {
        using var nobody = new Browser(club.Host);
        var seen = await nobody.Post("/sign-in", new() { [name] = value, ["role"] = role });
        Assert.Equal((status, ""), (seen.Status, seen.Header("Set-Cookie")));
        Assert.NotNull(seen.Page.QuerySelector("[role=alert]"));
    }

    [Fact]
    public async Task A_member_has_no_business_here()
    {
        var token = club.Host.Get<ClubTokens>().ForMember(new MemberId(club.Own)).Value.Token;
        using var member = new Browser(club.Host, token);
        Assert.Equal(HttpStatusCode.SeeOther, (await member.Get($"/members/{club.Own}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await member.Post("/sign-in", new() { ["token"] = token })).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("%00%ff;;,\"")]
    public async Task A_cookie_that_is_no_token_is_nobodys(string value)
    {
        using var odd = new Browser(club.Host) { Cookie = $"club-console={value}; club-console-view=xx.{value}" };
        Assert.Equal(HttpStatusCode.SeeOther, (await odd.Get("/members")).Status);
    }

    [Theory]
    [InlineData("https://elsewhere.example/", "/api/console")]
    [InlineData("//elsewhere.example/", "/api/console")]
    [InlineData("/api/consoles", "/api/console")]
    [InlineData("/api/console\\elsewhere", "/api/console")]
    [InlineData("/api/console/../../evil", "/api/console")]
    [InlineData("/api/console/..", "/api/console")]
    [InlineData("/api/console/members/../../members", "/api/console")]
    [InlineData("/api/console/./members", "/api/console")]
    [InlineData("/api/console/%2e%2e/%2E%2E/evil", "/api/console")]
    [InlineData("/api/console/%252e%252e/evil", "/api/console")]
    [InlineData("/api/console/..%2f..%2fevil", "/api/console")]
    [InlineData("/api/console/..%5cevil", "/api/console")]
    [InlineData("/api/console/..#x", "/api/console")]
    [InlineData("/api/console/members?q=../..", "/api/console/members?q=../..")]
    [InlineData("/api/console/rules/versions/2026..1", "/api/console/rules/versions/2026..1")]
    [InlineData("/api/console/members?q=%E6%9D%8E", "/api/console/members?q=%E6%9D%8E")]
    public async Task Nobody_is_led_away_from_the_console(string back, string to)
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        Assert.Equal(to, (await hq.Post("/preferences", new() { ["back"] = back })).LeadsTo);
        Assert.Equal(to, (await hq.Post("/sign-in", new() { ["back"] = back, ["token"] = Browser.TokenOf(club.Host, Role.Hq) })).LeadsTo);
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_back()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        var seen = await hq.Post("/sign-out");
        Assert.Equal($"{Browser.Base}/sign-in", seen.LeadsTo);
        Assert.Contains("club-console=; expires=Thu, 01 Jan 1970", seen.Header("Set-Cookie"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_leads_to_the_console_and_its_banner_tells_the_link()
    {
        using var nobody = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = club.Host.Http.BaseAddress };
        using var answer = await nobody.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(Browser.Base, answer.Headers.Location!.OriginalString);
        var lines = await ClubComposition.Club.Describe(new Services(club.Host));
        var line = Assert.Single(lines, line => line.StartsWith("Console ", StringComparison.Ordinal));
        var link = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        using var page = await club.Host.Http.GetAsync(new Uri(link), TestContext.Current.CancellationToken);
        Assert.Contains("name=\"code\"", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_staff_come_from_an_issuer_no_role_can_be_chosen()
    {
        await using var host = await ClubHost.Start(new() { ["Auth__OwnStaffTokens"] = "false" });
        using var nobody = new Browser(host);
        var page = (await nobody.Get($"/sign-in?code={host.Get<OneTimeCodes>().Issue()}")).Page;
        Assert.Null(page.QuerySelector("select[name=role]"));
        Assert.NotNull(page.QuerySelector("textarea[name=token]"));
        Assert.Equal(HttpStatusCode.Unauthorized,
            (await nobody.Post("/sign-in", new() { ["key"] = DevelopmentKeys.Functions, ["role"] = "hq" })).Status);
        var line = Assert.Single(await ClubComposition.Club.Describe(new Services(host)), line => line.StartsWith("Console ", StringComparison.Ordinal));
        Assert.DoesNotContain("code=", line, StringComparison.Ordinal);
    }

    private sealed class Services(ClubHost host) : IServiceProvider
    {
        public object? GetService(Type serviceType) =>
            typeof(ClubHost).GetMethod(nameof(ClubHost.Get))!.MakeGenericMethod(serviceType).Invoke(host, []);
    }
}
