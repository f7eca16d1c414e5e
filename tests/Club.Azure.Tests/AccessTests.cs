using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Club.Azure.Tests.Cloud;
using Club.Azure.Tests.Worker;
using Club.Tests.Support;
using Xunit;

namespace Club.Azure.Tests;

/// <summary>Who calls the compiled worker: by the key, by a token of an issuer, by neither. To the Functions host every function is
/// anonymous.</summary>
public sealed class AccessTests(AzureClub club) : IAsyncLifetime
{
    private OidcIssuer _issuer = null!;
    private FunctionsHost _host = null!;
    private string _mine = "", _theirs = "";

    public async ValueTask InitializeAsync()
    {
        _issuer = await OidcIssuer.Start();
        _host = await FunctionsHost.Start(new Dictionary<string, string>(club.Settings)
        {
            ["Auth__Authority"] = _issuer.Address, ["Auth__Audience"] = OidcIssuer.Audience, ["Auth__ClientId"] = OidcIssuer.Audience, ["Logging__LogLevel__Default"] = "Trace",
            ["Logging__LogLevel__Microsoft"] = "Trace",
        });
        _mine = (string)(await club.Register(new { phone = "13800060001", dealerId = "D021", name = "李娜" })).Body["memberId"]!;
        _theirs = (string)(await club.Register(new { phone = "13800060002", dealerId = "D022", name = "王伟" })).Body["memberId"]!;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_proof_nothing_is_told_and_with_the_key_everything()
    {
        using var stranger = await Send("Member", $"/api/members/{_mine}");
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (stranger.StatusCode, stranger.Headers.WwwAuthenticate.ToString()));
        Assert.Equal("unauthorized", (string?)JsonNode.Parse(await Text(stranger))!["code"]);
        Assert.Equal(("no-store", "nosniff"), (stranger.Headers.CacheControl?.ToString(),
            Assert.Single(stranger.Headers.GetValues("X-Content-Type-Options"))));
        Assert.False(stranger.Headers.Contains("Server"));
        foreach (var member in (string[])[_mine, _theirs])
            using (var found = await _host.Send("Member", new HttpRequestMessage(HttpMethod.Get, $"/api/members/{member}")))
                Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        using var guess = await Send("Member", $"/api/members/{_mine}?code=guess");
        Assert.Equal(HttpStatusCode.Unauthorized, guess.StatusCode);
        using var probe = await Send("Health", "/api/health");
        Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
    }

    [Fact]
    public async Task A_dealers_token_alone_opens_the_dealers_members_and_no_others()
    {
        var director = _issuer.Token(new() { ["roles"] = new[] { "director" }, ["dealer"] = "D021", ["name"] = "李主任", ["sub"] = "s-1" });
        using var mine = await Send("Member", $"/api/members/{_mine}", director);
        using var theirs = await Send("Member", $"/api/members/{_theirs}", director);
        using var nobody = await Send("Member", "/api/members/MNOBODY", director);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            (mine.StatusCode, theirs.StatusCode, nobody.StatusCode));
        Assert.Equal((await Text(nobody)).Replace("MNOBODY", _theirs, StringComparison.Ordinal), await Text(theirs));
        using var list = await Send("Members", "/api/members", director);
        Assert.DoesNotContain(_theirs, await Text(list), StringComparison.Ordinal);
        using var denied = await Send("Programmes", "/api/programmes", director);
        using var refused = await Send("File", "/api/files/x", director);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (denied.StatusCode, refused.StatusCode));
        Assert.StartsWith("\"caller\";r=", Assert.Single(refused.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_members_own_token_is_given_by_the_key_and_opens_her_own_data()
    {
        using var made = await _host.Send("MemberToken", new HttpRequestMessage(HttpMethod.Post, $"/api/members/{_mine}/tokens"));
        var token = (string)JsonNode.Parse(await Text(made))!["token"]!;
        using var own = await Send("MemberAccount", $"/api/members/{_mine}/account", token);
        using var other = await Send("MemberAccount", $"/api/members/{_theirs}/account", token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (own.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task Staff_are_led_from_the_console_to_the_issuer_and_back()
    {
        using var led = await Console("sign-in/oidc?back=/api/console/members");
        Assert.Equal(HttpStatusCode.SeeOther, led.StatusCode);
        var answer = new Uri(_issuer.SignIn(led.Headers.Location!, new() { ["roles"] = new[] { "hq" }, ["name"] = "李娜", ["sub"] = "s-1" }));
        Assert.Equal("club.example.org", answer.Host);
        using var back = await Console(answer.PathAndQuery["/api/console/".Length..], Cookies(led)[0]);
        Assert.Equal((HttpStatusCode.SeeOther, "/api/console/members"), (back.StatusCode, back.Headers.Location?.OriginalString));
        using var page = await Console("members", Cookies(back).Single(cookie => cookie.StartsWith("club-console=", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("李娜", WebUtility.HtmlDecode(await Text(page)), StringComparison.Ordinal);
        foreach (var room in (string[])["work", "work/dead-letters", "rules", "audit"])
        {
            using var seen = await Console(room, Cookies(back).Single(cookie => cookie.StartsWith("club-console=", StringComparison.Ordinal)));
            Assert.Contains("李娜", WebUtility.HtmlDecode(await Text(seen)), StringComparison.Ordinal);
        }
        using var again = await Console(answer.PathAndQuery["/api/console/".Length..], Cookies(led)[0]);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        var code = System.Web.HttpUtility.ParseQueryString(answer.Query)["code"]!;
        Assert.All(_host.Stream.Logs, log => Assert.DoesNotContain(code, log.Message, StringComparison.Ordinal));
    }

    private static List<string> Cookies(HttpResponseMessage response) =>
        [.. response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])];

    /// <summary>As the platform passes on what a browser asks.</summary>
    private Task<HttpResponseMessage> Console(string path, string? cookie = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/console/{path}") { Headers = { { "X-Forwarded-Host", "club.example.org" }, { "X-Forwarded-Proto", "https" } } };
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        return _host.Send("Console", request, withKey: false);
    }

    [Fact]
    public async Task Nothing_that_was_shown_is_logged()
    {
        var token = _issuer.Token("hq", "x");
        var forged = token[..^6] + "AAAAAA";
        foreach (var shown in (string[])[token, forged])
            using (await Send("Members", $"/api/members?phone=13800060001&access_token={shown}", shown)) { }
        using (await Send("Members", "/api/members?code=a-guess-at-the-key")) { }
        using (await _host.Send("Members", new HttpRequestMessage(HttpMethod.Get, "/api/members"))) { }
        using (await Send("SmsEvents", "/api/webhooks/sms?key=placeholder-sms-webhook-key-000", verb: HttpMethod.Post)) { }
        string[] secrets = [.. token.Split('.')[1..], "a-guess-at-the-key", club.Settings["FunctionsKey"], club.Settings["Auth__TokenKey"],
            club.Settings["Sms__WebhookKeys__0"]];
        var written = _host.Process.Output + string.Join('\n', _host.Stream.Logs.Select(log => $"{log.Message} {log.Exception}"));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, written, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("a-key-of-32-characters-or-more-00,short")]
    public async Task A_key_that_can_be_guessed_stops_the_start_with_a_sentence(string key)
    {
        await using var host = await FunctionsHost.Launch(new Dictionary<string, string>(club.Settings) { ["FunctionsKey"] = key });
        await host.Process.Exited(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Contains("FunctionsKey is missing or too short", host.Process.Output, StringComparison.Ordinal);
        Assert.Equal(1, host.Process.ExitCode);
    }

    private Task<HttpResponseMessage> Send(string function, string path, string? token = null, HttpMethod? verb = null)
    {
        var request = new HttpRequestMessage(verb ?? HttpMethod.Get, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return _host.Send(function, request, withKey: false);
    }

    private static Task<string> Text(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
