using System.Net;
using Club.Desk.Door;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Signing in at an issuer on this machine: the way there and back, and whatever may go wrong on it.</summary>
public sealed class IssuerDoorTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private OidcIssuer _issuer = null!;
    private ClubHost _host = null!;
    private Browser _nobody = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await OidcIssuer.Start();
        _host = await Host();
        _nobody = new Browser(_host);
    }

    public async ValueTask DisposeAsync()
    {
        _nobody.Dispose();
        await _host.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    private Task<ClubHost> Host(Dictionary<string, string?>? more = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Auth__Authority"] = _issuer.Address, ["Auth__OwnStaffTokens"] = "false", ["Auth__ClientId"] = OidcIssuer.Audience,
        };
        foreach (var (name, value) in more ?? []) settings[name] = value;
        return ClubHost.Start(settings, _time);
    }

    private static Dictionary<string, object> Of(string role = "hq", string name = "李娜") =>
        new() { ["name"] = name, ["sub"] = "s-1", ["roles"] = new[] { role } };

    [Fact]
    public async Task Who_signs_in_at_the_issuer_is_signed_in_and_comes_to_where_she_wanted()
    {
        var page = (await _nobody.Get("/sign-in?back=/api/console/work%3Fdone%3Dsent")).Page;
        Assert.Null(page.QuerySelector("textarea[name=token]"));
        var led = await Led((await _nobody.Get(page.QuerySelector("a.primary")!.GetAttribute("href")![Browser.Base.Length..])));
        var asked = QueryHelpers.ParseQuery(led.To.Query);
        Assert.StartsWith($"{_issuer.Address}/authorize?tenant=t&response_type=code&client_id=club&", led.To.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(("S256", "openid profile"), (asked["code_challenge_method"].ToString(), asked["scope"].ToString()));
        Assert.Equal($"{_host.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)}{Browser.Base}/sign-in/callback", asked["redirect_uri"].ToString());
        Assert.Matches("^club-console-sign-in=[A-Za-z0-9_-]+; max-age=600; path=/api/console/sign-in; samesite=lax; httponly$", led.SetCookie);
        Assert.DoesNotContain(asked["state"].ToString(), led.SetCookie, StringComparison.Ordinal);

        var back = await Back(led, _issuer.SignIn(led.To, Of()));
        Assert.Equal((HttpStatusCode.SeeOther, "/api/console/work?done=sent"), (back.Status, back.LeadsTo));
        var cookies = back.Answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.Contains(cookies, cookie => cookie.StartsWith("club-console-sign-in=; expires=Thu, 01 Jan 1970", StringComparison.Ordinal));
        using var hq = new Browser(_host) { Cookie = cookies.Single(cookie => cookie.StartsWith("club-console=", StringComparison.Ordinal)).Split(';')[0] };
        Assert.Contains("李娜", (await hq.Get("/work")).Page.QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_sign_ins_draw_nothing_alike()
    {
        var (one, other) = (QueryHelpers.ParseQuery((await Led()).To.Query), QueryHelpers.ParseQuery((await Led()).To.Query));
        foreach (var name in (string[])["state", "nonce", "code_challenge"])
        {
            Assert.True(one[name].ToString().Length >= 43);
            Assert.NotEqual(one[name], other[name]);
        }
    }

    [Fact]
    public async Task An_answer_that_this_browser_has_not_asked_for_signs_nobody_in()
    {
        var (mine, others) = (await Led(), await Led());
        var answer = _issuer.SignIn(others.To, Of());
        await Refused(await Back(mine, answer), "has not asked");
        await Refused(await _nobody.Get(Path(answer)), "has not asked");
        await Refused(await Back(mine, _issuer.SignIn(mine.To, Of()).Split("&state=")[0]), "has not asked");
        await Refused(await Back(mine with { Cookie = mine.Cookie[..^2] + (mine.Cookie.EndsWith('A') ? "BB" : "AA") }, _issuer.SignIn(mine.To, Of())), "has not asked");
        foreach (var odd in (string[])["", "x", "====", "AAAA", new string('A', 3000), "%00", "\u20ac"])
            await Refused(await Back(mine with { Cookie = $"{SignInCookie.Name}={Uri.EscapeDataString(odd)}" }, _issuer.SignIn(mine.To, Of())), "has not asked");
    }

    [Fact]
    public async Task An_answer_counts_once_and_for_ten_minutes()
    {
        var led = await Led();
        var answer = _issuer.SignIn(led.To, Of());
        Assert.Equal(HttpStatusCode.SeeOther, (await Back(led, answer)).Status);
        await Refused(await Back(led, answer), "used before");

        var late = await Led();
        var over = _issuer.SignIn(late.To, Of());
        _time.Advance(SignInCookie.Life);
        await Refused(await Back(late, over), "has not asked");
    }

    /// <summary>Of two that come at once with the same code one is let in: the issuer gives a token for it once.</summary>
    [Fact]
    public async Task Of_two_answers_at_once_one_is_taken()
    {
        var led = await Led();
        var answer = _issuer.SignIn(led.To, Of());
        var both = await Task.WhenAll(Back(led, answer), Back(led, answer));
        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.Unauthorized], both.Select(seen => seen.Status).Order());
    }

    [Fact]
    public async Task The_answer_to_another_sign_in_is_not_taken()
    {
        var led = await Led();
        await Refused(await Back(led, _issuer.SignIn(led.To, new(Of()) { ["nonce"] = "of another" })), "another sign-in");
        var again = await Led();
        _issuer.OnCode = () => Results.Json(new { id_token = _issuer.Token("hq", "李娜"), access_token = "x" });
        await Refused(await Back(again, _issuer.SignIn(again.To, Of())), "another sign-in");
    }

    [Fact]
    public async Task Whoever_has_no_role_here_is_told_so()
    {
        foreach (var (claims, says) in ((Dictionary<string, object>, string)[])[(new() { ["name"] = "李娜", ["sub"] = "s" }, "names no role"),
            (Of("intern"), "names no role"), (Of("member"), "not one that this club accepts")])
        {
            var led = await Led();
            await Refused(await Back(led, _issuer.SignIn(led.To, claims)), says);
        }
        var dealer = await Led();
        await Refused(await Back(dealer, _issuer.SignIn(dealer.To, Of("director"))), "names no dealer");
    }

    [Fact]
    public async Task An_issuer_that_says_no_or_nothing_leaves_a_clear_page()
    {
        var led = await Led();
        await Refused(await Back(led, Callback(led, "&error=access_denied&error_description=%3Cscript%3E")), "has signed nobody in");
        await Refused(await Back(led, Callback(led, "")), "has signed nobody in");
        await Refused(await Back(led, Callback(led, "&code=guess")), "used before");
        await Refused(await Back(led, Callback(led, "&code=" + new string('x', 5000))), "longer than any");

        foreach (var odd in (Func<IResult>[])[() => Results.StatusCode(500), () => Results.Text("<html>"), () => Results.Json(new[] { 1 }), () => Results.Redirect("https://elsewhere.example/"),
            () => Results.Text(new string(' ', 300_000), "application/json"), () => Results.Text("", "application/json"), () => Results.StatusCode(204)])
        {
            _issuer.OnCode = odd;
            var seen = await Back(led, _issuer.SignIn(led.To, Of()));
            Assert.Equal(HttpStatusCode.BadRequest, seen.Status);
            Assert.Contains("does not answer", seen.Page.QuerySelector(".door")!.TextContent, StringComparison.Ordinal);
        }
        foreach (var odd in (object[])[new { id_token = 7 }, new { id_token = "a.b.c" }, new { access_token = "x" }])
        {
            _issuer.OnCode = () => Results.Json(odd);
            await Refused(await Back(led, _issuer.SignIn(led.To, Of())), "another sign-in");
        }
        _issuer.OnCode = () => Results.Text("{\"id_token\":\"\\ud800\"}", "application/json");
        await Refused(await Back(led, _issuer.SignIn(led.To, Of())), "another sign-in");
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "http://elsewhere.example/token")]
    [InlineData(false, "/token")]
    [InlineData(false, "http://127.0.0.1:1/token")]
    public async Task An_issuer_that_is_down_or_leads_astray_leaves_a_clear_page(bool isBroken, string? endpoint)
    {
        (_issuer.IsBroken, _issuer.TokenEndpoint) = (isBroken, endpoint);
        var out_ = await _nobody.Get("/sign-in/oidc");
        if (isBroken)
        {
            Assert.Equal((HttpStatusCode.BadRequest, ""), (out_.Status, out_.Header("Set-Cookie")));
            Assert.Contains("暂时无法核对您的身份", out_.Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
            return;
        }
        var led = await Led(out_);
        Assert.Equal(HttpStatusCode.BadRequest, (await Back(led, _issuer.SignIn(led.To, Of()))).Status);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/api/console\\elsewhere")]
    [InlineData("/api/console/a\nb")]
    public async Task Nobody_is_led_away_from_the_console(string back)
    {
        var led = await Led(await _nobody.Get($"/sign-in/oidc?back={Uri.EscapeDataString(back)}"));
        Assert.Equal(Browser.Base, (await Back(led, _issuer.SignIn(led.To, Of()))).LeadsTo);
    }

    [Fact]
    public async Task A_long_way_back_is_left_out_rather_than_the_sign_in()
    {
        var led = await Led(await _nobody.Get("/sign-in/oidc?back=" + Uri.EscapeDataString(Browser.Base + "/" + new string('a', 2020))));
        Assert.InRange(led.SetCookie.Length, 1, 4096);
        Assert.Equal(HttpStatusCode.SeeOther, (await Back(led, _issuer.SignIn(led.To, Of()))).Status);
    }

    [Fact]
    public async Task A_token_too_long_for_a_cookie_is_told()
    {
        var led = await Led();
        var seen = await Back(led, _issuer.SignIn(led.To, new(Of()) { ["groups"] = new string('g', 4000) }));
        Assert.Equal(HttpStatusCode.BadRequest, seen.Status);
        Assert.StartsWith("令牌过长", seen.Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>Where tokens are made out for an audience of their own, the access token is what signs in; where the club is asked for a
    /// secret, it shows it; and behind a proxy it says under which address it is known.</summary>
    [Fact]
    public async Task An_audience_a_secret_and_an_address_of_its_own()
    {
        await using var host = await Host(new()
        {
            ["Auth__ClientId"] = "console-1", ["Auth__ClientSecret"] = "placeholder", ["Auth__Scope"] = "openid api://club/.default",
            ["Auth__ConsoleAddress"] = "https://club.example.org/",
        });
        using var nobody = new Browser(host);
        var led = await Led(await nobody.Get("/sign-in/oidc"));
        Assert.Equal($"https://club.example.org{Browser.Base}/sign-in/callback", QueryHelpers.ParseQuery(led.To.Query)["redirect_uri"].ToString());
        Assert.Equal("openid api://club/.default", QueryHelpers.ParseQuery(led.To.Query)["scope"].ToString());
        var access = _issuer.Token(Of());
        await Refused(await Back(led, _issuer.SignIn(led.To, Of(), access), host), "used before");
        _issuer.Secret = "placeholder";
        Assert.Equal(HttpStatusCode.SeeOther, (await Back(led, _issuer.SignIn(led.To, new() { ["sub"] = "s-1" }, access), host)).Status);
        await Refused(await Back(led, _issuer.SignIn(led.To, Of()), host), "not one that this club accepts");
    }

    [Fact]
    public async Task Without_a_client_tokens_are_pasted_and_nobody_is_led_anywhere()
    {
        await using var host = await Host(new() { ["Auth__ClientId"] = null });
        using var nobody = new Browser(host);
        Assert.NotNull((await nobody.Get("/sign-in")).Page.QuerySelector("textarea[name=token]"));
        Assert.StartsWith($"{Browser.Base}/sign-in?back=", (await nobody.Get("/sign-in/oidc")).LeadsTo, StringComparison.Ordinal);
        Assert.Equal($"{Browser.Base}/sign-in", (await nobody.Get("/sign-in/callback?code=x&state=y")).LeadsTo);
    }

    [Theory]
    [InlineData("Auth__ClientId", "club", "Auth__Authority", null)]
    [InlineData("Auth__ClientSecret", "x", "Auth__ClientId", null)]
    [InlineData("Auth__Scope", "profile", "Auth__Scope", "profile")]
    [InlineData("Auth__ConsoleAddress", "http://club.example.org", "Auth__ConsoleAddress", "http://club.example.org")]
    public async Task A_wrong_setting_stops_the_host_with_a_sentence(string named, string value, string other, string? otherValue)
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => Host(new() { [named] = value, [other] = otherValue }));
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Where a browser was led, and the cookie that it was given.</summary>
    private sealed record OnTheWay(Uri To, string SetCookie)
    {
        public string Cookie { get; init; } = SetCookie.Split(';')[0];
    }

    private async Task<OnTheWay> Led() => await Led(await _nobody.Get("/sign-in/oidc"));

    private static Task<OnTheWay> Led(Seen seen)
    {
        Assert.Equal(HttpStatusCode.SeeOther, seen.Status);
        return Task.FromResult(new OnTheWay(new Uri(seen.LeadsTo!), seen.Header("Set-Cookie")));
    }

    private static string Callback(OnTheWay led, string rest) =>
        $"http://x{Browser.Base}/sign-in/callback?state={QueryHelpers.ParseQuery(led.To.Query)["state"]}{rest}";

    private static string Path(string address) => new Uri(address).PathAndQuery[Browser.Base.Length..];

    private async Task<Seen> Back(OnTheWay led, string address, ClubHost? host = null)
    {
        using var browser = new Browser(host ?? _host) { Cookie = led.Cookie };
        return await browser.Get(Path(address));
    }

    private static Task Refused(Seen seen, string says)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, seen.Status);
        Assert.Equal("登录未成功。", seen.Page.QuerySelector("[role=alert]")!.TextContent);
        Assert.Contains(says, seen.Page.QuerySelector(".door .hint")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("club-console=", seen.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.DoesNotContain("code=", seen.Text, StringComparison.Ordinal);
        return Task.CompletedTask;
    }
}
