using System.Text;
using Club.Care;
using Club.Edges.WeChat;
using Club.Kernel;
using Club.Messaging;
using Club.Programmes;
using Club.Store;
using Xunit;

namespace Club.Tests.Messaging;

/// <summary>Template messages go out over HTTP as WeChat's pages describe it, once, and where one fails the next channel has its turn.</summary>
public sealed class WeChatMessagesTests : IAsyncLifetime
{
    private FakeWeChat _weChat = null!;

    public async ValueTask InitializeAsync() => _weChat = await FakeWeChat.Start();

    public ValueTask DisposeAsync() => _weChat.DisposeAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly WeChatTemplate Template = new("o-1", "T1", null, new Dictionary<string, string> { ["thing1"] = "生日快乐" }, "c-1");

    private static Programme Rules(string channels = """["weChat","sms","call"]""") => Book.With($$$"""
        {"care":[{"occasion":"birthday","holdout":0,"channels":{{{channels}}},"template":"wish",
          "weChat":{"template":"T1","url":"https://club.example/b","data":[{"name":"thing1","value":"{{ name }}"}]}}]}
        """);

    private ClubFixture Open(IClubStore? store = null, string? channels = null) =>
        new(store: store, rules: channels is null ? Rules() : Rules(channels), more: _weChat.Settings);

    private static async Task<MemberId> Member(ClubFixture club, string? openId = "o-1", bool? consent = true) =>
        (await club.Register(with: form => form with
        {
            Name = "王小明", OpenId = openId, SmsConsent = consent, Birthday = new DateOnly(1990, 3, 2),
        })).MemberId;

    private static async Task<SmsRecord> Record(ClubFixture club, MemberId member) =>
        (await club.Store.Read<SmsRecord>(member, SmsRecord.IdOf("birthday:2026"), Cancellation))!.Value;

    private static Task<(int Done, int Failed)> Sweep(ClubFixture club) => club.Sweep(CareSweep.Word, SmsSweep.Word, FollowJob.Word);

    private static Task<SmsResult> Send(ClubFixture club) => club.Get<IWeChatMessages>().Send(Template, Cancellation);

    [Fact]
    public async Task A_follower_is_written_to_by_WeChat_once()
    {
        await using var club = Open();
        var member = await Member(club);
        for (var i = 0; i < 3; i++) await Sweep(club);
        var sent = Assert.Single(_weChat.Sent);
        Assert.Equal(("o-1", "T1", "https://club.example/b", "王小明"), ((string?)sent["touser"], (string?)sent["template_id"],
            (string?)sent["url"], (string?)sent["data"]!["thing1"]!["value"]));
        Assert.InRange(((string?)sent["client_msg_id"])!.Length, 1, 32);
        Assert.Empty(club.Sms.Sent);
        var record = await Record(club, member);
        Assert.Equal((SmsState.Sent, "wechat:200000000001"), (record.State, record.MessageId));
    }

    [Fact]
    public async Task One_token_is_kept_for_all_hosts_until_five_minutes_before_its_end()
    {
        var store = new MemoryStore();
        await using var one = Open(store);
        await using var other = Open(store);
        foreach (var club in (ClubFixture[])[one, other, one]) Assert.IsType<SmsResult.Accepted>(await Send(club));
        Assert.Single(_weChat.Tokens);
        one.Clock.Advance(TimeSpan.FromMinutes(114));
        await Send(one);
        Assert.Single(_weChat.Tokens);
        one.Clock.Advance(TimeSpan.FromMinutes(2));
        await Send(one);
        Assert.Equal([false, false], _weChat.Tokens);
    }

    [Fact]
    public async Task A_token_that_WeChat_gave_up_is_asked_for_again_once()
    {
        await using var club = Open();
        await Send(club);
        _weChat.GiveUpToken();
        Assert.IsType<SmsResult.Accepted>(await Send(club));
        Assert.Equal([false, false], _weChat.Tokens);
        // Refused though WeChat gives the same one again: made anew, and then it waits.
        foreach (var code in (int[])[42001, 42001]) _weChat.Codes.Enqueue(code);
        Assert.IsType<SmsResult.TryLater>(await Send(club));
        Assert.Equal([false, false, false, true], _weChat.Tokens);
    }

    [Theory]
    [InlineData(45009, 60)]
    [InlineData(45011, 1)]
    [InlineData(-1, null)]
    [InlineData(503, null)]
    public async Task What_is_too_much_for_now_waits(int code, int? minutes)
    {
        await using var club = Open();
        _weChat.Codes.Enqueue(code);
        var later = Assert.IsType<SmsResult.TryLater>(await Send(club));
        Assert.Equal(minutes, later.RetryAfter?.TotalMinutes);
        Assert.DoesNotContain("o-secret", later.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(43004)]
    [InlineData(43101)]
    [InlineData(40003)]
    public async Task Who_refuses_or_follows_no_more_gets_a_text_message_instead(int code)
    {
        await using var club = Open();
        var member = await Member(club);
        _weChat.Codes.Enqueue(code);
        for (var i = 0; i < 3; i++) await Sweep(club);
        Assert.Empty(_weChat.Sent);
        Assert.EndsWith("拒收请回复R", Assert.Single(club.Sms.Sent).Text, StringComparison.Ordinal);
        Assert.Equal(SmsState.Sent, (await Record(club, member)).State);
    }

    [Fact]
    public async Task Without_consent_to_text_messages_a_call_follows()
    {
        await using var club = Open();
        var member = await Member(club, consent: null);
        _weChat.Codes.Enqueue(43101);
        for (var i = 0; i < 3; i++) await Sweep(club);
        Assert.Empty(club.Sms.Sent);
        Assert.Equal(SmsState.Failed, (await Record(club, member)).State);
        Assert.Single((await club.Get<CareCalls>().List(CallState.Open, null, null, Club.Access.Caller.Operator, 10, null, Cancellation)).Items);
    }

    [Theory]
    [InlineData(null, true, 0, 1)]
    [InlineData("o-1", false, 0, 0)]
    [InlineData("o-1", null, 1, 0)]
    public async Task Who_follows_is_written_to_until_she_refuses(string? openId, bool? consent, int byWeChat, int bySms)
    {
        await using var club = Open(channels: """["weChat","sms"]""");
        await Member(club, openId, consent);
        for (var i = 0; i < 2; i++) await Sweep(club);
        Assert.Equal((byWeChat, bySms), (_weChat.Sent.Count, club.Sms.Sent.Count));
    }

    [Fact]
    public async Task Without_a_secret_the_next_channel_has_its_turn()
    {
        await using var club = new ClubFixture(rules: Rules());
        await Member(club);
        await Sweep(club);
        Assert.Single(club.Sms.Sent);
    }

    [Theory]
    [InlineData("success", SmsState.Delivered, 0)]
    [InlineData("failed:user block", SmsState.Sent, 1)]
    [InlineData("failed: system failed", SmsState.Sent, 1)]
    public async Task The_event_tells_whether_it_arrived_and_may_come_twice(string status, SmsState expected, int bySms)
    {
        await using var club = Open();
        var member = await Member(club);
        await Sweep(club);
        for (var i = 0; i < 2; i++)
        {
            Assert.True((await Finished(club, "200000000001", status)).Succeeded);
            await Sweep(club);
        }
        Assert.Equal(expected, (await Record(club, member)).State);
        Assert.Equal(bySms, club.Sms.Sent.Count);
        Assert.Single(_weChat.Sent);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_crash_after_WeChat_was_asked_asks_again_under_the_same_name()
    {
        var store = new CrashingStore(new MemoryStore());
        await using var club = Open(store);
        await Member(club);
        await club.Sweep(CareSweep.Word);
        Assert.IsType<SmsResult.Accepted>(await Send(club));
        store.CrashAfter(1);
        await club.Sweep(SmsSweep.Word);
        store.Recover();
        club.Clock.Advance(TimeSpan.FromMinutes(10));
        await Sweep(club);
        Assert.Equal(3, _weChat.Sent.Count);
        Assert.Single(_weChat.Sent.Skip(1).Select(sent => (string?)sent["client_msg_id"]).Distinct());
    }

    [Theory]
    [InlineData("""["weChat"]""", "null")]
    [InlineData("""["sms"]""", """{"template":"T","data":[{"name":"a","value":"x"}]}""")]
    [InlineData("""["weChat"]""", """{"template":"T","data":[]}""")]
    [InlineData("""["weChat"]""", """{"template":"T","url":"http://a","data":[{"name":"a","value":"x"}]}""")]
    [InlineData("""["weChat"]""", """{"template":"T","data":[{"name":"a","value":"x"},{"name":"a","value":"y"}]}""")]
    public void What_WeChat_cannot_say_is_refused(string channels, string weChat) => Assert.Throws<ProgrammeException>(() =>
        Book.With($$"""{"care":[{"occasion":"birthday","channels":{{channels}},{{(weChat == "null" ? "" : $"\"weChat\":{weChat},")}}"template":"x"}]}"""));

    private static Task<Outcome<WeChatReply>> Finished(ClubFixture club, string msgId, string status)
    {
        var now = club.Clock.GetUtcNow().ToUnixTimeSeconds();
        var body = $"<xml><ToUserName><![CDATA[gh_club]]></ToUserName><FromUserName><![CDATA[o-1]]></FromUserName><CreateTime>{now}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event><MsgID>{msgId}</MsgID><Status><![CDATA[{status}]]></Status></xml>";
        return club.Get<WeChatConversation>()
            .Handle(new WeChatQuery(WeChatSignature.Of("AAAAA", $"{now}", "n"), $"{now}", "n"), Encoding.UTF8.GetBytes(body), Cancellation);
    }
}
