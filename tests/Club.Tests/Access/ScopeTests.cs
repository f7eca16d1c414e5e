using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Club.Access;
using Xunit;

namespace Club.Tests.Access;

/// <summary>Two dealers with a member each, seen over HTTP by whoever calls.</summary>
public sealed class ScopeTests : IAsyncLifetime
{
    private const string Mine = "13800138001";
    private const string Theirs = "13800138002";
    private ClubHost _club = null!;
    private string _mine = "", _theirs = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _club = await ClubHost.Start();
        _mine = await Register(Mine, "D021", "李娜");
        _theirs = await Register(Theirs, "D022", "王伟");
    }

    /// <summary>Every call of a dealer's staff that names a member: status, headers and body.</summary>
    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/account")]
    [InlineData("GET", "/entries")]
    [InlineData("GET", "/entries?continuation=5&limit=1")]
    [InlineData("GET", "/entries/1/explanation")]
    [InlineData("GET", "/benefits")]
    [InlineData("GET", "/account?phone=" + Mine)]
    [InlineData("GET", "/account?card=100000000000")]
    [InlineData("POST", "/benefits/car-wash/use")]
    [InlineData("POST", "/benefits/nothing/use?vin=LSVFF26R7D2123456")]
    [InlineData("DELETE", "/benefits/car-wash/use/k1")]
    public async Task Another_dealers_member_answers_as_one_that_does_not_exist(string verb, string call)
    {
        async Task<string> Of(string id)
        {
            using var request = new HttpRequestMessage(new HttpMethod(verb), $"/api/members/{id}{call}");
            if (verb == "POST") request.Content = new StringContent("""{"key":"k1"}""");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Director());
            using var response = await _club.Http.SendAsync(request, Cancellation);
            var headers = response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not ("Date" or "RateLimit"))
                .Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
            var body = await response.Content.ReadAsStringAsync(Cancellation);
            return $"{(int)response.StatusCode}\n{string.Join('\n', headers)}\n{body.Replace(id, "her", StringComparison.Ordinal)}";
        }
        var theirs = await Of(_theirs);
        Assert.StartsWith("404", theirs, StringComparison.Ordinal);
        Assert.Equal(await Of(_theirs[..^4] + "ZZZZ"), theirs);
        Assert.DoesNotContain("Retry-After", theirs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_members_holds_the_dealers_own_only()
    {
        foreach (var query in (string[])["", "?dealerId=D022", "?name=王伟", "?tier=ordinary", "?status=member", "?limit=1"])
        {
            var (status, body) = await Get($"/api/members{query}", Director());
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain(_theirs, body, StringComparison.Ordinal);
        }
        Assert.Contains(_mine, (await Get("/api/members", Director())).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stands_before_them_is_found_masked_and_served()
    {
        var (status, body) = await Get($"/api/members?phone={Theirs}", Director());
        var found = JsonNode.Parse(body)!["items"]![0]!;
        Assert.Equal((HttpStatusCode.OK, _theirs, "王**", null), (status, (string?)found["memberId"], (string?)found["name"], found["birthday"]));
        Assert.Equal(HttpStatusCode.NotFound, (await Get($"/api/members/{_theirs}/account", Director())).Status);
        Assert.Equal(HttpStatusCode.OK, (await Get($"/api/members/{_theirs}/account?phone={Theirs}", Director())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Get($"/api/members/{_theirs}/account?phone={Mine}", Director())).Status);
        Assert.Equal("李娜", (string?)JsonNode.Parse((await Get($"/api/members/{_mine}", Director())).Body)!["name"]);
        // Nothing else about her can be guessed at.
        foreach (var guess in (string[])["name=王伟", "dealerId=D022", "tier=ordinary", "status=member"])
            Assert.Empty(JsonNode.Parse((await Get($"/api/members?phone={Theirs}&{guess}", Director())).Body)!["items"]!.AsArray());
        // By what nobody shows at a desk she is not found.
        Assert.Empty(JsonNode.Parse((await Get("/api/members?openId=o6_bmjrPTlm6_2sgVt7hMZOPfL2M", Director())).Body)!["items"]!.AsArray());
    }

    /// <summary>A use is the dealer's whose staff make it; what another dealer gave they do not take back.</summary>
    [Fact]
    public async Task A_dealers_staff_use_benefits_for_their_own_dealer()
    {
        await _club.DisposeAsync();
        _club = await ClubHost.Start(new() { ["Club__Programme"] = "foton" });
        _mine = await Register(Mine, "D021", "李娜");
        var benefits = JsonNode.Parse((await Get($"/api/members/{_mine}/benefits", Director())).Body)!["items"]!.AsArray();
        var code = (string)benefits[0]!["code"]!;
        var path = $"/api/members/{_mine}/benefits/{code}/use";
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(HttpMethod.Post, path, Director(), """{"key":"k0","dealerId":"D022"}""")).Status);
        var (status, body) = await Send(HttpMethod.Post, path, Director(), """{"key":"k1"}""");
        Assert.Equal((HttpStatusCode.Created, "D021"), (status, (string?)JsonNode.Parse(body)!["dealerId"]));
        var other = Token(Role.Director, "D022");
        Assert.Equal(HttpStatusCode.NotFound, (await Send(HttpMethod.Delete, $"{path}/k1?phone={Mine}", other)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Send(HttpMethod.Delete, $"{path}/k1", Director())).Status);
    }

    [Fact]
    public async Task An_auditor_reads_all_and_sees_nobody()
    {
        var auditor = Token(Role.Auditor, null);
        foreach (var member in (string[])[_mine, _theirs])
        {
            var view = JsonNode.Parse((await Get($"/api/members/{member}", auditor)).Body)!;
            Assert.EndsWith("**", (string?)view["name"], StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(HttpMethod.Post, $"/api/members/{_mine}/tier", auditor)).Status);
    }

    [Fact]
    public async Task A_members_token_opens_her_own_data_and_nothing_else()
    {
        var issued = await _club.Staff.Post($"/api/members/{_mine}/tokens", HttpStatusCode.Created);
        var token = (string)issued["token"]!;
        foreach (var call in (string[])["", "/account", "/entries", "/benefits"])
        {
            Assert.Equal(HttpStatusCode.OK, (await Get($"/api/members/{_mine}{call}", token)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await Get($"/api/members/{_theirs}{call}", token)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await Get($"/api/members/{_theirs}{call}?phone={Theirs}", token)).Status);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await Get("/api/members", token)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(HttpMethod.Post, $"/api/members/{_mine}/tokens", token)).Status);
    }

    [Fact]
    public async Task The_author_of_a_change_is_who_calls_by_the_token()
    {
        var hq = Token(Role.Hq, null, "王编辑");
        const string Grant = """{"tier":"gold","until":"2099-01-01","reason":"媒体"}""";
        var (status, body) = await Send(HttpMethod.Post, $"/api/members/{_mine}/tier", hq, Grant);
        Assert.Equal((HttpStatusCode.Created, "王编辑"), (status, (string?)JsonNode.Parse(body)!["grant"]!["author"]));
        var named = await Send(HttpMethod.Post, $"/api/members/{_mine}/tier", hq, Grant[..^1] + ",\"author\":\"A017\"}");
        Assert.Equal((HttpStatusCode.BadRequest, "$.author"), (named.Status, (string?)JsonNode.Parse(named.Body)!["path"]));
    }

    [Theory]
    [InlineData(null, "Bearer")]
    [InlineData("Bearer x", "Bearer")]
    [InlineData("Basic eDp5", "Bearer")]
    public async Task Without_a_proof_a_call_is_told_how_to_prove_itself(string? authorization, string challenge)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/members/{_mine}");
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await _club.Http.SendAsync(request, Cancellation);
        Assert.Equal((HttpStatusCode.Unauthorized, challenge), (response.StatusCode, response.Headers.WwwAuthenticate.ToString()));
    }

    private string Director() => Token(Role.Director, "D021");

    private string Token(Role role, string? dealer, string name = "李主任") =>
        _club.Get<ClubTokens>().ForStaff(role, name, dealer, TimeSpan.FromMinutes(5)).Value.Token;

    private async Task<string> Register(string phone, string dealerId, string name) =>
        (string)(await _club.Staff.Register(new { phone, dealerId, name, birthday = "1986-08-17" })).Body["memberId"]!;

    private Task<(HttpStatusCode Status, string Body)> Get(string path, string token) => Send(HttpMethod.Get, path, token);

    private async Task<(HttpStatusCode Status, string Body)> Send(HttpMethod method, string path, string token, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get) request.Content = new StringContent(body ?? "{}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _club.Http.SendAsync(request, Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    public async ValueTask DisposeAsync() => await _club.DisposeAsync();
}
