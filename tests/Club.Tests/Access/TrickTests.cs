using System.Net;
using System.Text.Json.Nodes;
using Club.Access;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.Access;

/// <summary>Ways round the gate, over HTTP: two proofs in one call, odd paths, what a wider caller was given, members who became
/// one.</summary>
public sealed class TrickTests : IAsyncLifetime
{
    private const string Theirs = "13800138002";
    private ClubHost _club = null!;
    private string _mine = "", _theirs = "", _director = "", _hq = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _club = await ClubHost.Start();
        _mine = await Register(new { phone = "13800138001", dealerId = "D021", name = "李娜" });
        _theirs = await Register(new { phone = Theirs, dealerId = "D022", name = "王伟" });
        _director = "Bearer " + Token(Role.Director, "D021");
        _hq = "Bearer " + Token(Role.Hq, null);
    }

    /// <summary>Neither the stronger nor the weaker of two counts: a call that shows two is not answered.</summary>
    [Fact]
    public async Task Two_proofs_are_none()
    {
        const string Key = DevelopmentKeys.Functions;
        (string Query, (string, string)[] Headers)[] calls =
        [
            ("", [("x-functions-key", Key), ("Authorization", _director)]), ("?code=" + Key, [("Authorization", _director)]),
            ("?code=" + Key, [("x-functions-key", "guess")]), ("?code=guess", [("x-functions-key", Key)]), ($"?code={Key}&code=guess", []),
            ("?code=", [("x-functions-key", Key)]), ("", [("x-functions-key", Key), ("x-functions-key", Key)]),
            ("", [("Authorization", _director), ("Authorization", _hq)]), ("", [("Authorization", $"{_director}, {_hq}")]),
            ("", [("Authorization", _hq[7..])]), ("", [("Authorization", "Basic " + _hq[7..])]), ("", [("Authorization", "Bearer")]),
            ("?access_token=" + _hq[7..], []), ("", [("Cookie", "token=" + _hq[7..])]), ("", [("X-Forwarded-Authorization", _hq)]),
            ("", [("x-functions-key", "")]), ("?code=", []),
        ];
        foreach (var (query, headers) in calls)
        {
            var (status, body) = await Get($"/api/members/{_theirs}{query}", headers);
            Assert.Equal((query, HttpStatusCode.Unauthorized), (query, status));
            Assert.DoesNotContain("王伟", body, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, (await Get($"/api/members/{_theirs}", ("authorization", "bearer  " + _hq[7..]))).Status);
    }

    [Fact]
    public async Task No_odd_path_leads_to_another_dealers_member()
    {
        string[] paths =
        [
            "/api/members/{mine}/../{theirs}", "/api/members/{mine}/%2e%2e/{theirs}", "/api/members/{mine}%2F..%2F{theirs}",
            "/api/members/{mine}/..%2F{theirs}", "/api/members/{mine}/../../members/{theirs}/account", "/API/MEMBERS/{theirs}",
            "/api//members//{theirs}", "/api/members/{theirs}/", "/api/members/{theirs}%20", "/api/members/%20{theirs}",
            "/api/members/{theirs}%00", "/api/members/{theirs};x=1", "/api/members/{theirs}%23", "/api/members/{theirs}%3Fphone=x",
            "/api/members/./{theirs}/./account", "/api/members/{theirs}%2Faccount", "/api/members/{theirs}\\account", "/api/Members/{theirs}/Entries",
            "/api/members/{lower}", "/api/members/{mine},{theirs}", "/api/members/%4D{rest}", "/api/files/statements/../{theirs}",
            "/api/members/{mine}?id={theirs}", "/api/members/{mine}/account?memberId={theirs}", "/api/members?memberId={theirs}",
            "/api/members?id={theirs}", "/api/members?phone={phone}&phone=13800138001", "/api/members?phone={phone}&dealerId=D022",
            "/api/members?phone={phone}&name=%E7%8E%8B%E4%BC%9F", "/api/members?PHONE={phone}&status=member", "/api/members?openId={phone}",
        ];
        foreach (var template in paths)
        {
            var path = template.Replace("{mine}", _mine, StringComparison.Ordinal).Replace("{theirs}", _theirs, StringComparison.Ordinal)
                .Replace("{lower}", _theirs.ToLowerInvariant(), StringComparison.Ordinal).Replace("{rest}", _theirs[1..], StringComparison.Ordinal)
                .Replace("{phone}", Theirs, StringComparison.Ordinal);
            foreach (var proof in (string?[])[_director, null])
            {
                var (status, body) = await Get(path, proof is null ? [] : [("Authorization", proof)]);
                Assert.DoesNotContain("王", body, StringComparison.Ordinal);
                Assert.DoesNotContain(Theirs[^4..], body, StringComparison.Ordinal);
                Assert.InRange((int)status, 200, 499);
                if (proof is null) Assert.NotEqual(HttpStatusCode.OK, status);
            }
        }
    }

    [Fact]
    public async Task No_other_verb_and_no_header_takes_the_place_of_a_right()
    {
        foreach (var verb in (string[])["HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "get"])
        {
            var (status, body) = await Send(verb, $"/api/members/{_theirs}", ("Authorization", _director));
            Assert.True(status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound or HttpStatusCode.NotImplemented, $"{verb}: {status}");
            Assert.DoesNotContain("王伟", body, StringComparison.Ordinal);
        }
        foreach (var header in (string[])["X-HTTP-Method-Override", "X-Original-URL", "X-Rewrite-URL", "x-ms-client-principal", "X-Forwarded-For"])
            Assert.Equal(HttpStatusCode.NotFound,
                (await Get($"/api/members/{_theirs}", ("Authorization", _director), (header, "/api/members/127.0.0.1"))).Status);
    }

    /// <summary>A list goes on where it ended; whose list it is, is asked anew.</summary>
    [Fact]
    public async Task What_continues_a_wider_callers_list_widens_nothing()
    {
        for (var i = 0; i < 6; i++) await Register(new { phone = $"1380013810{i}", dealerId = i % 2 == 0 ? "D021" : "D022", name = $"王{i}" });
        foreach (var search in (string[])["", "&status=member", "&dealerId=D022", "&tier=ordinary"])
        {
            string? continuation = null;
            for (var page = 0; page < 3; page++)
            {
                var wide = JsonNode.Parse((await Get($"/api/members?limit=2{search}{Continued(continuation)}", ("Authorization", _hq))).Body)!;
                continuation = (string?)wide["continuation"];
                if (continuation is null) break;
                foreach (var narrow in (string[])[search, "", "&status=member", "&dealerId=D022"])
                {
                    var (status, body) = await Get($"/api/members?limit=50{narrow}{Continued(continuation)}", ("Authorization", _director));
                    Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest, body);
                    if (status != HttpStatusCode.OK) continue;
                    Assert.All(JsonNode.Parse(body)!["items"]!.AsArray(), member => Assert.Equal("D021", (string?)member!["dealerId"]));
                }
            }
        }
    }

    /// <summary>An id that leads on to another is as much hers as the one that it leads to.</summary>
    [Fact]
    public async Task A_member_who_became_one_with_another_is_whose_the_other_is()
    {
        const string Fan = "oFan_of_two_dealers_0000000001";
        var fan = await Register(new { openId = Fan, dealerId = "D022", name = "赵敏" });
        var owner = await Register(new { phone = "13800138003", dealerId = "D021", name = "赵敏" });
        await Register(new { phone = "13800138003", openId = Fan });
        var survivors = new List<string>();
        foreach (var id in (string[])[fan, owner])
            survivors.Add((string)JsonNode.Parse((await Get($"/api/members/{id}", ("Authorization", _hq))).Body)!["memberId"]!);
        Assert.Single(survivors.Distinct());
        var dealer = (string)JsonNode.Parse((await Get($"/api/members/{fan}", ("Authorization", _hq))).Body)!["dealerId"]!;
        foreach (var id in (string[])[fan, owner])
            foreach (var (own, status) in ((string, HttpStatusCode)[])[("D021", dealer == "D021" ? HttpStatusCode.OK : HttpStatusCode.NotFound),
                ("D022", dealer == "D022" ? HttpStatusCode.OK : HttpStatusCode.NotFound)])
                foreach (var call in (string[])["", "/account", "/entries", "/benefits"])
                    Assert.Equal((own, status), (own, (await Get($"/api/members/{id}{call}",
                        ("Authorization", "Bearer " + Token(Role.Advisor, own)))).Status));
        var token = (string)(await _club.Staff.Post($"/api/members/{fan}/tokens", HttpStatusCode.Created))["token"]!;
        foreach (var id in (string[])[fan, owner])
            Assert.Equal(HttpStatusCode.OK, (await Get($"/api/members/{id}", ("Authorization", "Bearer " + token))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Get($"/api/members/{_mine}", ("Authorization", "Bearer " + token))).Status);
    }

    private static string Continued(string? continuation) =>
        continuation is null ? "" : $"&continuation={Uri.EscapeDataString(continuation)}";

    private string Token(Role role, string? dealer) =>
        _club.Get<ClubTokens>().ForStaff(role, "李主任", dealer, TimeSpan.FromMinutes(5)).Value.Token;

    private async Task<string> Register(object data) => (string)(await _club.Staff.Register(data)).Body["memberId"]!;

    private Task<(HttpStatusCode Status, string Body)> Get(string path, params (string Name, string Value)[] headers) =>
        Send("GET", path, headers);

    private async Task<(HttpStatusCode Status, string Body)> Send(string verb, string path, params (string Name, string Value)[] headers)
    {
        // As it stands: the client would tidy it up.
        var address = new Uri(_club.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) + path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(verb), address);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _club.Http.SendAsync(request, Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    public async ValueTask DisposeAsync() => await _club.DisposeAsync();
}
