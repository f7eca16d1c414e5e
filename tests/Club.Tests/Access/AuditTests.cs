using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Club.Access;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.Access;

/// <summary>Who changed what and who read whose data, over HTTP.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private const string Phone = "13800138001";
    private const string Name = "欧阳娜娜";
    private ClubHost _club = null!;
    private string _member = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _club = await ClubHost.Start();
        _member = (string)(await _club.Staff.Register(new { phone = Phone, dealerId = "D021", name = Name })).Body["memberId"]!;
    }

    [Fact]
    public async Task Every_reading_of_a_person_is_kept_with_who_read_and_what_for()
    {
        await Send(HttpMethod.Get, $"/api/members/{_member}/account", Director(), purpose: "service");
        await Send(HttpMethod.Get, $"/api/members?phone={Phone}", Director("赵六"));
        await Send(HttpMethod.Get, $"/api/members/{_member}", Token(Role.Director, "D022", "李娜"));
        var records = await Audit($"member={_member}");
        Assert.Equal(
            ["Member 李娜 director D022  404", "Members 赵六 director D021  200", "MemberAccount 李主任 director D021 service 200"],
            records.Select(Line));
        Assert.Equal(["赵六"], (await Audit($"member={_member}&author=赵六")).Select(record => (string?)record!["author"]));
    }

    [Fact]
    public async Task Every_change_is_kept_with_its_author_and_how_it_went()
    {
        var grant = """{"tier":"gold","until":"2099-01-01","reason":"媒体","author":"A017"}""";
        await Send(HttpMethod.Post, $"/api/members/{_member}/tier", null, grant);
        await Send(HttpMethod.Post, $"/api/members/{_member}/tier", Token(Role.Hq, null, "王编辑"), """{"tier":"none"}""");
        await Send(HttpMethod.Post, $"/api/members/{_member}/tier", Director(), grant);
        Assert.Equal(["GrantTier 王编辑 hq   400", "GrantTier A017 operator   201"], (await Audit($"member={_member}")).Select(Line));
    }

    [Fact]
    public async Task Nothing_personal_is_in_it_but_ids()
    {
        foreach (var path in (string[])[$"/api/members/{Phone}", "/api/members/LSVFF26R7D2123456/account", $"/api/members/{Name}",
            $"/api/members?name={Name}&phone={Phone}", $"/api/rejections/{Phone}/replay", "/api/files/张三/2026.csv", $"/api/sms?memberId={Phone}"])
            await Send(path.EndsWith("replay", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path, Token(Role.Hq, null, "王"));
        var all = (await Audit("")).ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Assert.Contains(_member, all, StringComparison.Ordinal);
        foreach (var secret in (string[])[Phone, Name, "LSVFF26R7D2123456", "张三"]) Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_listed_by_time_page_by_page_without_skipping_and_exported_whole()
    {
        for (var i = 0; i < 25; i++) await Send(HttpMethod.Get, $"/api/members/{_member}", Director());
        var seen = new List<string>();
        string? continuation = null;
        do
        {
            var page = JsonNode.Parse((await _club.Staff.Get($"/api/audit?author=李主任&limit=7&continuation={continuation}")).ToJsonString())!;
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            continuation = (string?)page["continuation"];
        } while (continuation is not null);
        Assert.Equal((25, 25), (seen.Count, seen.Distinct().Count()));
        Assert.Empty(await Audit("to=2020-01-01"));
        Assert.Empty(await Audit("from=2999-01-01T00:00:00Z"));
        Assert.NotEmpty(await Audit("from=2020-01-01"));
        var (_, csv) = await Send(HttpMethod.Get, "/api/audit?author=李主任&format=csv", Token(Role.Auditor, null, "审计"));
        Assert.Equal(26, csv.TrimEnd().Split('\n').Length);
        Assert.StartsWith("at,author,roles,dealer,purpose,action,members,subject,status,authorId", csv.TrimStart('\uFEFF'), StringComparison.Ordinal);
    }

    /// <summary>Names come from the issuer and are nobody's alone; the subject is.</summary>
    [Fact]
    public async Task Two_authors_of_one_name_are_told_apart()
    {
        await using var issuer = await OidcIssuer.Start();
        await using var club = await ClubHost.Start(new() { ["Auth__Authority"] = issuer.Address, ["Auth__OwnStaffTokens"] = "false" });
        foreach (var subject in (string[])["s-1", "s-2", "s-2", "李娜"])
            Assert.Equal(HttpStatusCode.OK, await Ask(club, issuer, "/api/members?name=x", "李娜", subject));
        Assert.Equal(["李娜", "s-2", "s-2", "s-1"], await Ids(club, "author=李娜"));
        Assert.Equal(["s-2", "s-2"], await Ids(club, "author=s-2"));
        Assert.Empty(await Ids(club, "author=s-3"));
        Assert.Empty(await Ids(club, "author=s"));

        var member = (string)(await club.Staff.Register(new { phone = Phone, name = Name })).Body["memberId"]!;
        foreach (var subject in (string[])["s-1", "s-2"]) await Ask(club, issuer, $"/api/members/{member}", "李娜", subject);
        Assert.Equal(["s-2", "s-1"], await Ids(club, $"member={member}&author=李娜"));
        Assert.Equal(["s-1"], await Ids(club, $"member={member}&author=s-1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(club, issuer, "/api/members?name=x", "李娜", new string('s', 256)));
        Assert.Equal(HttpStatusCode.OK, await Ask(club, issuer, "/api/members?name=x", "李娜", new string('s', 255)));
    }

    /// <summary>A name that looks like another's, or that a spreadsheet would run.</summary>
    [Fact]
    public async Task What_nobody_sees_of_an_author_is_written_out()
    {
        await using var issuer = await OidcIssuer.Start();
        await using var club = await ClubHost.Start(new() { ["Auth__Authority"] = issuer.Address, ["Auth__OwnStaffTokens"] = "false" });
        string[] names = ["李\u200b娜", "\u200b=1+1", "李\u202e娜", "+86", "-1", "@x", "李\U000e0041娜", "李\u3164娜", "李\u00a0娜"];
        foreach (var (number, name) in names.Index()) await Ask(club, issuer, "/api/members?name=x", name, $"=s-{number}");
        var csv = await club.Http.GetStringAsync($"/api/audit?format=csv&code={DevelopmentKeys.Functions}", Cancellation);
        var shown = csv.TrimEnd().Split('\n').Skip(1).Select(line => line.Trim('\r').Split(',')).Select(cells => (cells[1], cells[^1])).Reverse().ToList();
        Assert.Equal(["李[U+200B]娜", "[U+200B]=1+1", "李[U+202E]娜", "'+86", "'-1", "'@x", "李[U+E0041]娜", "李[U+3164]娜", "李[U+00A0]娜"],
            shown.Select(line => line.Item1));
        Assert.All(shown, line => Assert.StartsWith("'=s-", line.Item2, StringComparison.Ordinal));
    }

    private static async Task<HttpStatusCode> Ask(ClubHost club, OidcIssuer issuer, string path, string name, string subject)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer",
            issuer.Token(new() { ["name"] = name, ["sub"] = subject, ["roles"] = "hq" }));
        using var response = await club.Http.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    private static async Task<IEnumerable<string?>> Ids(ClubHost club, string query) =>
        (await club.Staff.Get($"/api/audit?{query}"))["items"]!.AsArray().Select(item => (string?)item!["authorId"]);

    [Theory]
    [InlineData("/api/members/M1", "servce", "invalid-purpose", "did you mean \"service\"?")]
    [InlineData("/api/audit?from=gestern", null, "invalid-query", "from")]
    [InlineData("/api/audit?to=2026-13-01", null, "invalid-query", "to")]
    [InlineData("/api/audit?format=pdf", null, "invalid-query", "json or csv")]
    [InlineData("/api/audit?continuation=x", null, "invalid-continuation", "continuation")]
    public async Task A_wrong_word_is_refused_with_what_there_is(string path, string? purpose, string code, string says)
    {
        var (status, body) = await Send(HttpMethod.Get, path, Token(Role.Hq, null, "王"), purpose: purpose);
        Assert.Equal((HttpStatusCode.BadRequest, code), (status, (string?)JsonNode.Parse(body)!["code"]));
        Assert.Contains(says, (string?)JsonNode.Parse(body)!["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Director)]
    [InlineData(Role.Marketing)]
    [InlineData(Role.Finance)]
    public async Task Who_may_not_read_it_does_not(Role role) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(HttpMethod.Get, "/api/audit", Token(role, "D021", "x"))).Status);

    private static string Line(JsonNode? record) =>
        $"{record!["action"]} {record["author"]} {record["roles"]![0]} {record["dealer"]} {record["purpose"]} {record["status"]}";

    private async Task<JsonArray> Audit(string query) => (await _club.Staff.Get($"/api/audit?{query}"))["items"]!.AsArray();

    private string Director(string name = "李主任") => Token(Role.Director, "D021", name);

    private string Token(Role role, string? dealer, string name) =>
        _club.Get<ClubTokens>().ForStaff(role, name, dealer, TimeSpan.FromMinutes(5)).Value.Token;

    private async Task<(HttpStatusCode Status, string Body)> Send(HttpMethod method, string path, string? token, string? body = null,
        string? purpose = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get) request.Content = new StringContent(body ?? "{}");
        if (purpose is not null) request.Headers.Add("X-Purpose", purpose);
        if (token is null) request.Headers.Add("x-functions-key", DevelopmentKeys.Functions);
        else request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _club.Http.SendAsync(request, Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    public async ValueTask DisposeAsync() => await _club.DisposeAsync();
}
