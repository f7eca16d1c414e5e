using System.Globalization;
using System.Text;
using Club.Access;
using Club.Edges.WeChat;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Xunit;

namespace Club.Tests.Edges;

public class WeChatFlowTests : Flow
{
    private static WeChatQuery Signed(ClubFixture club, string nonce = "486452656")
    {
        var timestamp = club.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new WeChatQuery(WeChatSignature.Of("AAAAA", timestamp, nonce), timestamp, nonce);
    }

    private static byte[] Event(string name, string openId = "o-fan", string key = "", long time = 1714037059) => Encoding.UTF8.GetBytes(
        $"<xml><ToUserName><![CDATA[gh_club]]></ToUserName><FromUserName><![CDATA[{openId}]]></FromUserName><CreateTime>{time}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{name}]]></Event><EventKey><![CDATA[{key}]]></EventKey></xml>");

    private static byte[] Text(string content, string openId = "o-fan", long id = 1) => Encoding.UTF8.GetBytes(
        $"<xml><ToUserName><![CDATA[gh_club]]></ToUserName><FromUserName><![CDATA[{openId}]]></FromUserName><CreateTime>1714037059</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{content}]]></Content><MsgId>{id}</MsgId></xml>");

    private static Task<Outcome<WeChatReply>> Say(ClubFixture club, byte[] body) =>
        club.Get<WeChatConversation>().Handle(Signed(club), body);

    private static async Task<Profile?> Fan(ClubFixture club) =>
        await club.Get<Membership>().Find(PersonIdentity.OpenId("o-fan").Value, default);

    [Fact]
    public async Task A_follower_becomes_a_fan_of_the_branch_whose_code_was_scanned()
    {
        await using var club = await Open("skoda");
        var reply = await Say(club, Event("subscribe", key: "qrscene_d:D021"));
        Assert.Contains("<Content>", reply.Value.Body, StringComparison.Ordinal);
        var fan = await Fan(club);
        Assert.Equal(("D021", "wechat", MemberStatus.Member), (fan!.DealerId, fan.JoinedFrom, fan.Status));
    }

    [Fact]
    public async Task An_unknown_dealer_in_a_scene_does_not_stop_the_registration()
    {
        await using var club = await Open("skoda");
        await Say(club, Event("subscribe", key: "qrscene_d:NOWHERE"));
        Assert.Null((await Fan(club))!.DealerId);
    }

    /// <summary>A repeat must not make somebody a member again who was forgotten since.</summary>
    [Fact]
    public async Task After_an_erase_a_repeat_is_told_nothing_and_makes_no_member()
    {
        await using var club = new ClubFixture("foton", await NewStore(), keys: new MemoryStore());
        await Say(club, Event("subscribe"));
        var fan = (await Fan(club))!;
        var first = await Say(club, Text("卡号"));
        Assert.Contains(fan.CardNumber, first.Value.Body, StringComparison.Ordinal);
        Assert.Contains(fan.CardNumber, (await Say(club, Text("卡号"))).Value.Body, StringComparison.Ordinal);
        var kept = string.Concat((await club.Changes()).Where(document => document.Type == "delivered")
            .Select(document => Encoding.UTF8.GetString(document.Json.Span)));
        Assert.DoesNotContain(fan.CardNumber, kept, StringComparison.Ordinal);
        await club.Get<EraseMember>().Handle(fan.MemberId, "本人申请", Caller.OperatorAs("A017"), default);
        foreach (var body in (byte[][])[Event("subscribe"), Text("卡号")])
            Assert.Equal("success", (await Say(club, body)).Value.Body);
        Assert.Null(await Fan(club));
    }

    [Fact]
    public async Task A_repeated_message_gets_the_same_answer_and_does_nothing()
    {
        await using var club = await Open();
        var first = await Say(club, Text("积分"));
        await club.Send(Events.Bill(member: new { openId = "o-fan" }));
        var again = await Say(club, Text("积分"));
        var next = await Say(club, Text("积分", id: 2));
        Assert.Contains("积分为0", first.Value.Body, StringComparison.Ordinal);
        Assert.Contains("积分为0", again.Value.Body, StringComparison.Ordinal);
        Assert.Contains("积分为4.9", next.Value.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fan_who_unfollows_has_left_and_one_who_returns_is_the_same_member()
    {
        await using var club = await Open();
        await Say(club, Event("subscribe"));
        var before = await Fan(club);
        await Say(club, Event("unsubscribe", time: 1714037060));
        Assert.Equal(MemberStatus.Left, (await Fan(club))!.Status);
        await Say(club, Event("subscribe", time: 1714037061));
        var after = await Fan(club);
        Assert.Equal((before!.MemberId, MemberStatus.Member), (after!.MemberId, after.Status));
        var events = (await club.Changes()).Where(document => document.Type == "event")
            .Select(document => document.As<MemberEvent>().Kind);
        Assert.Equal([MemberEventKind.Joined, MemberEventKind.Left, MemberEventKind.Returned], events);
    }

    [Fact]
    public async Task An_owner_who_unfollows_stays_a_member_by_phone()
    {
        await using var club = await Open();
        await club.Register(with: registration => registration with { OpenId = "o-fan" });
        await Say(club, Event("unsubscribe"));
        Assert.Equal(MemberStatus.Member, (await Fan(club))!.Status);
    }

    [Fact]
    public async Task A_wrong_signature_changes_nothing()
    {
        await using var club = await Open();
        var reply = await club.Get<WeChatConversation>().Handle(Signed(club) with { Nonce = "1" }, Event("subscribe"));
        Assert.Equal("wechat-signature", reply.Problem!.Code);
        Assert.Null(await Fan(club));
    }
}
