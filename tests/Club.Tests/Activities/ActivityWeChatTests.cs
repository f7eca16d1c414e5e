using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Club.Activities;
using Club.Edges.WeChat;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Xunit;

namespace Club.Tests.Activities;

/// <summary>A member lets herself in by the QR code at the door, and asks what is on.</summary>
public sealed class ActivityWeChatTests : IAsyncDisposable
{
    private readonly ClubFixture _club = new("skoda");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task Whoever_scans_the_code_at_the_door_is_in_and_told_so()
    {
        var scene = (await _club.Open(places: 1)).Scene;
        Assert.Equal("春季自驾游的签到时间为3月7日至3月8日。", await Scan(scene));
        _club.At(2026, 3, 7, 9);
        Assert.Equal("签到成功！欢迎参加春季自驾游，获得100积分。", await Scan(scene));
        // WeChat delivers again; she scans again.
        Assert.Equal("签到成功！欢迎参加春季自驾游，获得100积分。", await Scan(scene));
        _club.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("您已签到过春季自驾游，无需重复签到。", await Scan(scene));
        Assert.Equal("春季自驾游名额已满，请向现场工作人员咨询。", await Scan(scene, "o-other"));
        Assert.Equal(CheckInWords.Unknown, await Scan("a:NOSUCHCODE"));
        var fan = (await _club.Get<Membership>().Find(PersonIdentity.OpenId("o-fan").Value, Cancellation))!;
        Assert.Equal((Points.Of(100), CheckIns.QrCode), (await _club.Balance(fan.MemberId), (await _club.Hers(fan.MemberId)).CheckedInBy));
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task A_stranger_becomes_a_member_and_is_in_with_one_scan()
    {
        var scene = (await _club.Open()).Scene;
        _club.At(2026, 3, 7, 9);
        var told = await Event("subscribe", $"qrscene_{scene}");
        Assert.StartsWith("签到成功！欢迎参加春季自驾游，获得100积分。\n", told, StringComparison.Ordinal);
        Assert.Equal(1, (await _club.Report()).Attended);
    }

    [Fact]
    public async Task The_word_tells_what_is_open_and_what_is_hers()
    {
        Assert.Equal("目前没有可报名的活动，敬请期待。", await Word());
        await _club.Open();
        Assert.Equal("可报名：3月7日 春季自驾游（杭州西湖），3月6日截止\n回复“报名”和活动名称即可报名，如“报名春季自驾游”。", await Word());
        var fan = (await _club.Get<Membership>().Find(PersonIdentity.OpenId("o-fan").Value, Cancellation))!;
        await _club.SignUp(fan.MemberId, guests: 1);
        Assert.Equal("已报名：3月7日 春季自驾游（杭州西湖）（您和1位同伴）", await Word());
        _club.At(2026, 3, 9);
        Assert.Equal("目前没有可报名的活动，敬请期待。", await Word());
    }

    [Fact]
    public async Task What_is_full_is_not_offered()
    {
        await _club.Open(places: 1);
        await _club.SignUp((await _club.Register()).MemberId);
        Assert.Equal("已报满：3月7日 春季自驾游（杭州西湖）", await Word());
    }

    [Fact]
    public async Task She_signs_up_by_the_name_and_takes_it_back()
    {
        await _club.Open(places: 1);
        Assert.StartsWith("没有找到可报名的活动“夏季自驾游”", await Word("报名 夏季自驾游"), StringComparison.Ordinal);
        Assert.Equal("您没有报名“春季自驾游”。", await Word("取消报名春季自驾游"));
        for (var i = 0; i < 2; i++)
            Assert.StartsWith("报名成功：3月7日 春季自驾游。", await Word("报名：“春季自驾游”"), StringComparison.Ordinal);
        Assert.Equal("已报名：3月7日 春季自驾游（杭州西湖）", await Word());
        Assert.Equal("春季自驾游名额已满。", await Word("报名春季自驾游", "o-other"));
        Assert.Equal("已取消报名：春季自驾游。", await Word("取消报名 春季自驾游"));
        Assert.StartsWith("报名成功", await Word("报名春季自驾游", "o-other"), StringComparison.Ordinal);
        Assert.Equal("春季自驾游名额已满。", await Word("报名春季自驾游"));
        var fan = (await _club.Get<Membership>().Find(PersonIdentity.OpenId("o-other").Value, Cancellation))!;
        Assert.Equal(SignUpState.SignedUp, (await _club.Hers(fan.MemberId)).State);
        _club.At(2026, 3, 7, 9);
        Assert.StartsWith("没有找到可报名的活动", await Word("报名春季自驾游"), StringComparison.Ordinal);
        Assert.Equal([], await _club.Verify());
    }

    private Task<string> Word(string word = "活动", string openId = "o-fan")
    {
        _club.Clock.Advance(TimeSpan.FromSeconds(1));
        return Event("CLICK", word, openId);
    }

    private Task<string> Scan(string scene, string openId = "o-fan") => Event("SCAN", scene, openId);

    private async Task<string> Event(string name, string key, string openId = "o-fan")
    {
        var now = _club.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = Encoding.UTF8.GetBytes($"<xml><ToUserName>gh_club</ToUserName><FromUserName>{openId}</FromUserName><CreateTime>{now}</CreateTime>" +
            $"<MsgType>event</MsgType><Event>{name}</Event><EventKey><![CDATA[{key}]]></EventKey></xml>");
        var reply = await _club.Get<WeChatConversation>().Handle(new WeChatQuery(WeChatSignature.Of("AAAAA", now, "7"), now, "7"), body);
        return XElement.Parse(reply.Value.Body).Element("Content")!.Value;
    }
}
