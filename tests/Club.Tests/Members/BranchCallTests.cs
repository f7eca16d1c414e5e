using System.Net;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Kernel;
using Club.Running;
using Xunit;

namespace Club.Tests.Members;

/// <summary>Members corrected, moved, complaining and applying, over HTTP, by whoever may.</summary>
public sealed class BranchCallTests : IAsyncLifetime
{
    private const string Mine = "13800138001", Theirs = "13800138002";
    private ClubHost _club = null!;
    private string _mine = "", _theirs = "";

    private RoleClient Hq => RoleClient.As(_club, Role.Hq, name: "王编辑");
    private RoleClient Director(string dealer = "D021") => RoleClient.As(_club, Role.Director, dealer);
    private RoleClient Advisor => RoleClient.As(_club, Role.Advisor, "D021", "小赵");

    public async ValueTask InitializeAsync()
    {
        _club = await ClubHost.Start();
        _mine = await Register(Mine, "D021", "李娜");
        _theirs = await Register(Theirs, "D022", "王伟");
    }

    [Fact]
    public async Task A_transfer_is_seen_by_both_dealers_and_stands_in_the_members_history()
    {
        var moved = await Director().Post($"/api/members/{_mine}/transfer", new { dealerId = "D022", reason = "搬家" });
        Assert.Equal((HttpStatusCode.OK, "D021", "D022"), (moved.Status, (string?)moved.Body["from"], (string?)moved.Body["to"]));
        Assert.Equal(HttpStatusCode.NotFound, (await Director().Get($"/api/members/{_mine}")).Status);
        Assert.Equal("D022", (string?)(await Director("D022").Get($"/api/members/{_mine}")).Body["dealerId"]);
        Assert.Equal([_mine], Ids((await Director().Get("/api/transfers?direction=out")).Body));
        Assert.Equal([_mine], Ids((await Director("D022").Get("/api/transfers")).Body));
        Assert.Empty(Ids((await Director().Get("/api/transfers?direction=in")).Body));
        Assert.Empty(Ids((await Director().Get("/api/transfers?dealerId=D022")).Body));
        var history = (await Hq.Get($"/api/members/{_mine}/history")).Body["items"]!.AsArray();
        Assert.Contains(history, one => (string?)one!["kind"] == "transferred" && (string?)one["author"] == "李主任");
        // The same again changes nothing.
        Assert.Equal(HttpStatusCode.OK, (await Hq.Post($"/api/members/{_mine}/transfer", new { dealerId = "D022", reason = "再次" })).Status);
        Assert.Single(Ids((await Hq.Get("/api/transfers?dealerId=D022")).Body));
    }

    [Fact]
    public async Task A_guest_is_taken_into_the_own_branch_and_sent_nowhere_else()
    {
        var body = new { dealerId = "D021", reason = "本人要求" };
        Assert.Equal(HttpStatusCode.NotFound, (await Director().Post($"/api/members/{_theirs}/transfer", body)).Status);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await Director().Post($"/api/members/{_theirs}/transfer?phone={Theirs}", new { dealerId = "D023", reason = "x" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await Director().Post($"/api/members/{_theirs}/transfer?phone={Theirs}", body)).Status);
        Assert.Equal("王伟", (string?)(await Director().Get($"/api/members/{_theirs}")).Body["name"]);
    }

    [Theory]
    [InlineData("""{"dealerId":"D999","reason":"x"}""", "unknown-dealer", "$.dealerId")]
    [InlineData("""{"reason":"x"}""", "missing-data", "$.dealerId")]
    [InlineData("""{"dealerId":"D022"}""", "missing-data", "$.reason")]
    [InlineData("""{"dealerId":7,"reason":"x"}""", "wrong-type", "$.dealerId")]
    public async Task A_wrong_transfer_is_refused(string body, string code, string path)
    {
        var refused = await Hq.Post($"/api/members/{_mine}/transfer", body);
        Assert.Equal((HttpStatusCode.BadRequest, code, path), (refused.Status, (string?)refused.Body["code"], (string?)refused.Body["path"]));
    }

    [Fact]
    public async Task A_member_corrects_what_she_told_and_sees_that_it_changed()
    {
        var herself = RoleClient.Member(_club, new MemberId(_mine));
        var corrected = await herself.Send(HttpMethod.Patch, $"/api/members/{_mine}", new { name = "李娜娜", city = (string?)null, hobbies = new[] { "帆船" } });
        Assert.Equal((HttpStatusCode.OK, "李娜娜", null), (corrected.Status, (string?)corrected.Body["name"], corrected.Body["city"]));
        Assert.Equal([_mine], Ids((await Hq.Get("/api/members?hobby=帆船&name=李娜娜")).Body));
        Assert.Empty(Ids((await Hq.Get("/api/members?name=李娜")).Body));
        Assert.Contains((await herself.Get($"/api/members/{_mine}/history")).Body["items"]!.AsArray(),
            one => (string?)one!["kind"] == "profileChanged" && one["changed"]!.AsArray().Any(name => (string?)name == "name"));
        Assert.Equal(HttpStatusCode.NotFound, (await herself.Send(HttpMethod.Patch, $"/api/members/{_theirs}", new { name = "x" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await herself.Send(HttpMethod.Patch, $"/api/members/{_mine}", new { phone = "13800138009" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await herself.Send(HttpMethod.Patch, $"/api/members/{_mine}", new { })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await herself.Send(HttpMethod.Patch, $"/api/members/{_mine}", new { birthday = "2999-01-01" })).Status);
    }

    [Fact]
    public async Task A_corrected_phone_leads_to_her_and_the_old_one_to_nobody()
    {
        var corrected = await Director().Send(HttpMethod.Patch, $"/api/members/{_mine}", new { phone = "13800138009" });
        Assert.Equal((HttpStatusCode.OK, "138****8009"), (corrected.Status, (string?)corrected.Body["phone"]));
        Assert.Equal([_mine], Ids((await Hq.Get("/api/members?phone=13800138009")).Body));
        Assert.Empty(Ids((await Hq.Get($"/api/members?phone={Mine}")).Body));
        var taken = await Director().Send(HttpMethod.Patch, $"/api/members/{_mine}", new { phone = Theirs });
        Assert.Equal((HttpStatusCode.Conflict, "identity-taken"), (taken.Status, (string?)taken.Body["code"]));
        Assert.NotEqual(_mine, await Register(Mine, "D021", "新人"));
        Assert.Empty((await _club.Get<Verification>().Verify()).Differences);
    }

    [Fact]
    public async Task Her_own_word_takes_back_a_refusal_and_that_of_staff_does_not()
    {
        var herself = RoleClient.Member(_club, new MemberId(_mine));
        Task<(HttpStatusCode Status, JsonNode Body)> Say(RoleClient who, bool sms) =>
            who.Send(HttpMethod.Put, $"/api/members/{_mine}/consents", new { sms });
        Assert.True((bool)(await Say(Director(), true)).Body["sms"]!);
        Assert.False((bool)(await Say(herself, false)).Body["sms"]!);
        Assert.False((bool)(await Say(Director(), true)).Body["sms"]!);
        Assert.True((bool)(await Say(herself, true)).Body["sms"]!);
        Assert.Equal("member", (string?)(await Hq.Get($"/api/members/{_mine}")).Body["consents"]!["smsSource"]);
    }

    [Fact]
    public async Task A_complaint_is_followed_up_until_it_is_closed_and_reminds_of_itself()
    {
        var body = new { subject = "等待太久", text = "保养等了三小时", dueOn = DateTime.UtcNow.AddDays(3).ToString("yyyy-MM-dd") };
        var (status, opened) = await Advisor.Post($"/api/members/{_mine}/complaints", body, key: "c-1");
        var again = await Advisor.Post($"/api/members/{_mine}/complaints", body, key: "c-1");
        Assert.Equal((HttpStatusCode.Created, "open", "小赵", "D021", (string?)opened["id"]),
            (status, (string?)opened["state"], (string?)opened["owner"], (string?)opened["dealerId"], (string?)again.Body["id"]));
        Assert.Equal("different-content", (string?)(await Advisor.Post($"/api/members/{_mine}/complaints",
            new { subject = "另一件", text = "x" }, key: "c-1")).Body["code"]);
        var path = $"/api/members/{_mine}/complaints/{opened["id"]}/notes";
        var noted = await Director().Post(path, new { text = "已致电道歉", owner = "李主任" });
        Assert.Equal(("inProgress", "李主任", 2), ((string?)noted.Body["state"], (string?)noted.Body["owner"], noted.Body["notes"]!.AsArray().Count));
        Assert.Single(Ids((await Director().Get("/api/complaints?state=inProgress&owner=李主任")).Body));
        Assert.Empty(Ids((await Director("D022").Get("/api/complaints")).Body));
        Assert.Equal(HttpStatusCode.NotFound, (await Director("D022").Post(path, new { text = "x" })).Status);
        Assert.Equal("closed", (string?)(await Hq.Post(path, new { text = "完成", state = "closed" })).Body["state"]);
        Assert.Empty(Ids((await Hq.Get("/api/complaints?state=open")).Body));
        Assert.Contains("did you mean \"resolved\"", (string?)(await Hq.Post(path, new { text = "x", state = "resolvd" })).Body["detail"], StringComparison.Ordinal);
        var auditor = RoleClient.As(_club, Role.Auditor);
        Assert.Equal(HttpStatusCode.OK, (await auditor.Get("/api/complaints")).Status);
    }

    [Fact]
    public async Task An_application_waits_for_the_director_and_becomes_a_member()
    {
        var body = new { phone = "13800138003", name = "赵敏", hobbies = new[] { "自驾" }, note = "试驾客户" };
        var (status, applied) = await Advisor.Post("/api/applications", body, key: "a-1");
        Assert.Equal((HttpStatusCode.Created, "applied", "D021", "138****8003"),
            (status, (string?)applied["state"], (string?)applied["dealerId"], (string?)applied["phone"]));
        Assert.Equal((string?)applied["applicationId"], (string?)(await Advisor.Post("/api/applications", body, key: "a-1")).Body["applicationId"]);
        Assert.Empty(Ids((await Hq.Get("/api/members?phone=13800138003")).Body));
        var path = $"/api/applications/{applied["applicationId"]}";
        Assert.Equal(HttpStatusCode.Forbidden, (await Advisor.Post($"{path}/approve")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Director("D022").Post($"{path}/approve")).Status);
        Assert.Single((await Director().Get("/api/applications?state=applied")).Body["items"]!.AsArray());
        Assert.Empty((await Director("D022").Get("/api/applications")).Body["items"]!.AsArray());
        var approved = await Director().Post($"{path}/approve");
        Assert.Equal((HttpStatusCode.OK, "approved", null), (approved.Status, (string?)approved.Body["state"], (string?)approved.Body["name"]));
        Assert.Equal([(string)approved.Body["memberId"]!], Ids((await Hq.Get("/api/members?phone=13800138003&dealerId=D021")).Body));
        Assert.Equal((string?)approved.Body["memberId"], (string?)(await Director().Post($"{path}/approve")).Body["memberId"]);
        Assert.Equal("already-decided", (string?)(await Director().Post($"{path}/refuse", new { reason = "x" })).Body["code"]);
    }

    [Fact]
    public async Task A_refused_application_keeps_nothing_of_the_person()
    {
        var applied = (await Hq.Post("/api/applications", new { phone = "13800138004", name = "钱七" })).Body;
        var refused = await Hq.Post($"/api/applications/{applied["applicationId"]}/refuse", new { reason = "重复" });
        Assert.Equal(("refused", null, null), ((string?)refused.Body["state"], (string?)refused.Body["name"], (string?)refused.Body["phone"]));
        Assert.Equal(HttpStatusCode.BadRequest, (await Hq.Post("/api/applications", new { name = "x" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Advisor.Post("/api/applications", new { phone = "13800138005", dealerId = "D022" })).Status);
    }

    /// <summary>A key is the caller's own: another dealer's staff with the same one neither read nor block anything.</summary>
    [Fact]
    public async Task A_key_is_the_callers_own()
    {
        var body = new { phone = "13800138006", name = "孙八" };
        var (_, ours) = await Advisor.Post("/api/applications", body, key: "k-1");
        var (status, theirs) = await Director("D022").Post("/api/applications", body, key: "k-1");
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.NotEqual((string?)ours["applicationId"], (string?)theirs["applicationId"]);
        await Hq.Post($"/api/applications/{ours["applicationId"]}/refuse", new { reason = "重复" });
        Assert.Equal("different-content", (string?)(await Advisor.Post("/api/applications", new { phone = "13800138007" }, key: "k-1")).Body["code"]);
        var complaint = new { subject = "等待", text = "三小时" };
        var (_, first) = await Director("D022").Post($"/api/members/{_theirs}/complaints", complaint, key: "k-2");
        var (_, second) = await Director().Post($"/api/members/{_theirs}/complaints?phone={Theirs}", complaint, key: "k-2");
        Assert.NotEqual((string?)first["id"], (string?)second["id"]);
        Assert.Single((await Director().Get($"/api/members/{_theirs}/complaints?phone={Theirs}")).Body["items"]!.AsArray());
    }

    [Fact]
    public async Task A_director_does_not_change_another_dealers_member_by_an_application()
    {
        var body = new { phone = Theirs, city = "上海", consents = new { sms = false }, openId = "oATTACKER_abcdefghijklmnop" };
        var applied = (await Director().Post("/api/applications", body)).Body;
        Assert.Equal(HttpStatusCode.Forbidden, (await Director().Post($"/api/applications/{applied["applicationId"]}/approve")).Status);
        Assert.Null((await Hq.Get($"/api/members/{_theirs}")).Body["city"]);
        Assert.Equal(HttpStatusCode.OK, (await Hq.Post($"/api/applications/{applied["applicationId"]}/approve")).Status);
        Assert.Contains((await Hq.Get($"/api/audit?member={_theirs}")).Body["items"]!.AsArray(), one => (string?)one!["action"] == "ApproveApplication");
    }

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    public async Task A_day_beyond_all_days_is_refused(string day)
    {
        var opened = await Hq.Post($"/api/members/{_mine}/complaints", new { subject = "x", text = "x", dueOn = day });
        Assert.Equal((HttpStatusCode.BadRequest, "$.dueOn"), (opened.Status, (string?)opened.Body["path"]));
        Assert.Equal(HttpStatusCode.BadRequest, (await Hq.Get($"/api/audit?to={day}T00:00:00Z")).Status);
    }

    [Fact]
    public async Task Words_of_others_are_not_told_to_who_sees_her_masked()
    {
        await Director("D022").Post($"/api/members/{_theirs}/transfer", new { dealerId = "D023", reason = "秘密" });
        foreach (var who in (RoleClient[])[Director(), RoleClient.As(_club, Role.Auditor)])
        {
            var history = (await who.Get($"/api/members/{_theirs}/history?phone={Theirs}")).Body["items"]!.AsArray();
            Assert.NotEmpty(history);
            Assert.All(history, one => Assert.Equal((null, null), ((string?)one!["reason"], (string?)one["author"])));
        }
        Assert.Equal("invalid-data", (string?)(await Hq.Post($"/api/members/{_theirs}/transfer", new { dealerId = "D022", reason = "王伟搬家" })).Body["code"]);
    }

    private static IEnumerable<string> Ids(JsonNode page) => page["items"]!.AsArray().Select(item => (string)item!["memberId"]!);

    private async Task<string> Register(string phone, string dealerId, string name) =>
        (string)(await _club.Staff.Register(new { phone, dealerId, name, birthday = "1986-08-17" })).Body["memberId"]!;

    public async ValueTask DisposeAsync() => await _club.DisposeAsync();
}
