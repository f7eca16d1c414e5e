using System.Net;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Kernel;
using Xunit;

namespace Club.Tests.Spending;

/// <summary>Points given, exchanged and adjusted over HTTP, by whoever may.</summary>
public sealed class GivingCallTests : IAsyncLifetime
{
    private ClubHost _club = null!;
    private string _one = "", _other = "", _card = "";
    private int _keys;

    private RoleClient Hq => RoleClient.As(_club, Role.Hq, name: "王编辑");
    private RoleClient Finance => RoleClient.As(_club, Role.Finance, name: "张会计");
    private RoleClient Herself => RoleClient.Member(_club, new MemberId(_one));

    public async ValueTask InitializeAsync()
    {
        _club = await ClubHost.Start(new() { ["Club__Programme"] = "skoda" });
        (_one, _) = await Register("13800138001");
        (_other, _card) = await Register("13800138002");
        Assert.Equal(HttpStatusCode.Created, (await Once(Hq, $"/api/members/{_one}/adjustments", new { wallet = "club", points = 5000, reason = "补录" })).Status);
    }

    [Fact]
    public async Task A_member_gives_by_her_own_token_and_nobody_by_another_s()
    {
        var body = new { to = new { cardNumber = _card }, points = 1000, reason = "生日快乐" };
        var given = await Once(Herself, $"/api/members/{_one}/transfers", body);
        Assert.Equal((HttpStatusCode.Created, 50m, 3950m), (given.Status, (decimal)given.Body["fee"]!, (decimal)given.Body["balance"]!));
        Assert.DoesNotContain(_other, given.Body.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Once(Herself, $"/api/members/{_other}/transfers", body)).Status);
        foreach (var role in (Role[])[Role.Auditor, Role.Finance, Role.Marketing])
            Assert.Equal(HttpStatusCode.Forbidden, (await Once(RoleClient.As(_club, role), $"/api/members/{_one}/transfers", body)).Status);
        foreach (var role in (Role[])[Role.Director, Role.Advisor])
            Assert.Equal(HttpStatusCode.Forbidden, (await Once(RoleClient.As(_club, role, "D021"), $"/api/members/{_one}/transfers", body)).Status);
        Assert.Equal((HttpStatusCode.BadRequest, "missing-key"), Told(await Herself.Post($"/api/members/{_one}/transfers", body)));
        var list = await Herself.Get($"/api/members/{_one}/transfers");
        Assert.Equal("done", (string?)Assert.Single(list.Body["items"]!.AsArray())!["state"]);
        Assert.Equal((HttpStatusCode.NotFound, "not-found"), Told(await Herself.Get($"/api/members/{_other}/transfers")));
        var account = await Hq.Get($"/api/members/{_other}/account");
        Assert.Equal(1000, (decimal)account.Body["wallets"]!.AsArray().Single(one => (string?)one!["wallet"] == "club")!["available"]!);
    }

    [Fact]
    public async Task A_repeat_is_answered_as_before()
    {
        var body = new { cause = "hope-school", points = 100 };
        var first = await Herself.Post($"/api/members/{_one}/donations", body, "d1");
        var again = await Herself.Post($"/api/members/{_one}/donations", body, "d1");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, again.Status));
        Assert.Equal(first.Body.ToJsonString(), again.Body.ToJsonString());
        Assert.Equal((HttpStatusCode.Conflict, "different-content"),
            Told(await Herself.Post($"/api/members/{_one}/donations", new { cause = "hope-school", points = 101 }, "d1")));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-data"), Told(await Once(Herself, $"/api/members/{_one}/donations", new { cause = "hope", points = 1 })));
    }

    [Fact]
    public async Task A_family_is_made_by_both_and_its_transfers_are_free()
    {
        var hers = RoleClient.Member(_club, new MemberId(_other));
        Assert.Equal(HttpStatusCode.NotFound, (await Herself.Send(HttpMethod.Put, $"/api/members/{_other}/family/{_one}", null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Herself.Send(HttpMethod.Put, $"/api/members/{_one}/family/{_other}", null)).Status);
        Assert.Equal(_one, (string?)(await hers.Get($"/api/members/{_other}/family")).Body["received"]![0]!["memberId"]);
        Assert.Equal(_one, (string?)(await hers.Send(HttpMethod.Put, $"/api/members/{_other}/family/{_one}", null)).Body["family"]![0]!["memberId"]);
        var given = await Once(Herself, $"/api/members/{_one}/transfers", new { to = new { memberId = _other }, points = 5000, reason = "x" });
        Assert.Equal((0m, true), ((decimal)given.Body["fee"]!, (bool)given.Body["withinFamily"]!));
        Assert.Empty((await Herself.Send(HttpMethod.Delete, $"/api/members/{_one}/family/{_other}", null)).Body["family"]!.AsArray());
    }

    [Fact]
    public async Task Headquarters_asks_and_finance_agrees()
    {
        var path = $"/api/members/{_one}/adjustments";
        var asked = await Once(Hq, path, new { wallet = "club", points = 20000, reason = "年度补偿" });
        Assert.Equal((HttpStatusCode.Accepted, "awaiting-approval"), (asked.Status, (string?)asked.Body["state"]));
        Assert.DoesNotContain("年度补偿", asked.Body.ToJsonString(), StringComparison.Ordinal);
        var id = (string?)asked.Body["adjustmentId"];
        Assert.Equal((HttpStatusCode.Forbidden, "own-request"), Told(await Once(Hq, $"/api/adjustments/{id}/approve", new { })));
        Assert.Equal(HttpStatusCode.Forbidden, (await Once(Finance, path, new { wallet = "club", points = 1, reason = "x" })).Status);
        Assert.Equal("年度补偿", (string?)(await Finance.Get("/api/adjustments?state=awaiting-approval")).Body["items"]![0]!["reason"]);
        Assert.Equal((HttpStatusCode.OK, "booked"),
            await Once(Finance, $"/api/adjustments/{id}/approve", new { }) is var done ? (done.Status, (string?)done.Body["state"]) : default);
        Assert.Empty((await Finance.Get("/api/adjustments?state=awaiting-approval")).Body["items"]!.AsArray());
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-query"), Told(await Finance.Get("/api/adjustments?state=open")));
        Assert.Equal(HttpStatusCode.Forbidden, (await RoleClient.As(_club, Role.Advisor, "D021").Get("/api/adjustments")).Status);
        Assert.Equal((HttpStatusCode.Conflict, "insufficient-points"), Told(await Once(Hq, path, new { wallet = "club", points = -25000.01m, reason = "x" })));
        var audit = (await Hq.Get($"/api/audit?member={_one}")).Body["items"]!.AsArray();
        Assert.Contains(audit, one => (string?)one!["action"] == "ApproveAdjustment" && (string?)one["author"] == "张会计");
    }

    [Theory]
    [InlineData("""{"points":1,"reason":"x"}""", "$.wallet")]
    [InlineData("""{"wallet":"club","reason":"x"}""", "$.points")]
    [InlineData("""{"wallet":"club","points":1}""", "$.reason")]
    [InlineData("""{"wallet":"club","points":0,"reason":"x"}""", "$.points")]
    [InlineData("""{"wallet":"club","points":1.001,"reason":"x"}""", "$.points")]
    [InlineData("""{"wallet":"club","points":-1e13,"reason":"x"}""", "$.points")]
    [InlineData("""{"wallet":"none","points":1,"reason":"x"}""", "$.wallet")]
    public async Task What_is_no_adjustment_is_told_by_its_path(string body, string path)
    {
        var answer = await Once(Hq, $"/api/members/{_one}/adjustments", body);
        Assert.Equal((HttpStatusCode.BadRequest, path), (answer.Status, (string?)answer.Body["path"]));
    }

    [Fact]
    public async Task Partners_are_headquarters_business_and_exchange_at_what_was_agreed()
    {
        var today = _club.Get<ClubCalendar>().Today;
        var terms = new { from = $"{today:yyyy-MM-dd}", to = $"{today.AddYears(1):yyyy-MM-dd}", billing = "onIssue", pricePerPoint = 0.02, redeemsAt = 0.01,
            exchange = new { @in = 2, @out = 0.5 } };
        Assert.Equal(HttpStatusCode.Forbidden, (await Finance.Send(HttpMethod.Put, "/api/partners/air", new { name = "航空" })).Status);
        Assert.Equal(HttpStatusCode.Created, (await Hq.Send(HttpMethod.Put, "/api/partners/air", new { name = "航空" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await Hq.Send(HttpMethod.Put, "/api/partners/air", new { name = "航空公司" })).Status);
        Assert.Equal(HttpStatusCode.Created, (await Hq.Post("/api/partners/air/agreements", terms)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Hq.Post("/api/partners/air/agreements", terms)).Status);
        Assert.Equal((HttpStatusCode.NotFound, "not-found"), Told(await Hq.Post("/api/partners/sea/agreements", terms)));
        Assert.Equal("航空公司", (string?)(await Finance.Get("/api/partners")).Body["items"]![0]!["name"]);
        Assert.Equal("onIssue", (string?)(await Finance.Get("/api/partners/air")).Body["agreements"]![0]!["billing"]);
        Assert.Equal((HttpStatusCode.NotFound, "not-found"), Told(await Finance.Get("/api/partners/sea")));
        var gone = await Once(Hq, $"/api/members/{_one}/exchanges", new { partner = "air", direction = "out", points = 100, reference = "AIR-1" });
        Assert.Equal((HttpStatusCode.Created, 50m), (gone.Status, (decimal)gone.Body["becomes"]!));
        Assert.Equal(HttpStatusCode.Forbidden, (await Once(Herself, $"/api/members/{_one}/exchanges",
            new { partner = "air", direction = "in", points = 100, reference = "AIR-2" })).Status);
    }

    private Task<(HttpStatusCode Status, JsonNode Body)> Once(RoleClient caller, string path, object body) => caller.Post(path, body, $"k{++_keys}");

    private static (HttpStatusCode Status, string? Code) Told((HttpStatusCode Status, JsonNode Body) answer) => (answer.Status, (string?)answer.Body["code"]);

    private async Task<(string Member, string Card)> Register(string phone)
    {
        var (_, body) = await _club.Staff.Register(new { phone, dealerId = "D021" });
        return ((string)body["memberId"]!, (string)body["cardNumber"]!);
    }

    public ValueTask DisposeAsync() => _club.DisposeAsync();
}
