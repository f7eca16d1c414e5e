using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Club.Edges.WeChat;
using Club.Identity;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Tests.Dealers;
using Xunit;

namespace Club.Tests.Edges;

/// <summary>What a follower may ask by a word, typed or tapped.</summary>
public sealed partial class WeChatWordTests : Flow
{
    private long _id;

    [Fact]
    public async Task Every_word_that_the_help_names_is_answered_by_itself()
    {
        await using var club = await Open();
        var help = await Say(club, "你好");
        var named = Named().Matches(help).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(["积分", "等级", "会员卡", "为什么", "附近", "活动", "退订", "订阅"], named);
        foreach (var word in named)
        {
            var answer = await Say(club, $" {word} ");
            Assert.NotEqual(help, answer);
            Assert.Equal(answer, await Tap(club, word));
        }
        Assert.Equal(help, await Say(club, "积分吗"));
        Assert.Equal(help, await Say(club, "\u0000"));
        Assert.Equal(help, await Tap(club, "https://example.com"));
    }

    /// <summary>The sizes are those of WeChat's <c>menu/create</c>.</summary>
    [Fact]
    public async Task Every_button_of_the_menu_is_a_word_that_is_answered()
    {
        var menu = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "wechat-menu.json"), TestContext.Current.CancellationToken))!;
        var groups = menu["button"]!.AsArray();
        Assert.InRange(groups.Count, 1, 3);
        await using var club = await Open();
        var help = await Say(club, "你好");
        foreach (var group in groups)
        {
            Assert.InRange(Encoding.UTF8.GetByteCount((string)group!["name"]!), 1, 16);
            var buttons = group["sub_button"]!.AsArray();
            Assert.InRange(buttons.Count, 1, 5);
            foreach (var button in buttons)
            {
                Assert.Equal("click", (string)button!["type"]!);
                Assert.InRange(Encoding.UTF8.GetByteCount((string)button["name"]!), 1, 60);
                Assert.NotEqual(help, await Tap(club, (string)button["key"]!));
            }
        }
    }

    [Fact]
    public async Task Points_tell_each_wallet_and_what_lapses_next()
    {
        await using var club = await Open(rules: Wallets());
        Assert.Equal("您当前可用积分为0。", await Say(club, "积分"));
        await club.Send(Bill("B-1", "parts", 30m), Bill("B-2", "labour", 7m));
        club.At(2026, 4, 1);
        await club.Send(Bill("B-3", "parts", 5m, "2026-04-01"));
        Assert.Equal("您当前可用积分为35。分会积分为7。其中积分30将于2027年3月2日到期。", await Say(club, "余额"));
    }

    [Fact]
    public async Task The_tier_tells_until_when_and_how_far_the_next_one_is()
    {
        await using var club = await Open(rules: Wallets());
        Assert.Equal("您当前的会员等级为普卡。离金卡还差1000积分。", await Say(club, "等级"));
        await club.Send(Bill("B-1", "parts", 999.5m));
        Assert.Equal("您当前的会员等级为普卡。离金卡还差0.5积分。", await Say(club, "等级"));
        await club.Send(Bill("B-2", "parts", 1m));
        Assert.Equal("您当前的会员等级为金卡，有效期至2027年3月1日。", await Say(club, "会员等级"));
    }

    [Fact]
    public async Task The_tier_tells_what_counts_where_not_everything_does()
    {
        await using var club = await Open("skoda");
        Assert.Equal("您当前的会员等级为普卡。离绿卡还差10000总部积分（只计维修保养积分）。", await Say(club, "等级"));
    }

    [Fact]
    public async Task Why_tells_the_arithmetic_of_the_latest_points_and_what_came_near_and_nothing_of_who_pays()
    {
        await using var club = await Open();
        Assert.Contains("还没有积分记录", await Say(club, "为什么"), StringComparison.Ordinal);
        await club.Send(Events.Bill(member: new { openId = "o-fan" }));
        var told = await Say(club, "为什么?");
        Assert.Contains("获得4.9分", told, StringComparison.Ordinal);
        Assert.Contains("490", told, StringComparison.Ordinal);
        var fan = await Fan(club);
        var entry = Assert.Single(await club.Entries(fan.MemberId));
        Assert.Contains(entry.Explanation, line => line.Funding is { Count: > 0 });
        Assert.DoesNotContain("承担", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_bill_is_told_as_far_as_a_message_goes()
    {
        await using var club = await Open();
        await club.Send(Events.Bill("B-1", member: new { openId = "o-fan" },
            lines: [.. Enumerable.Range(1, 200).Select(i => Events.Line($"{i}", "parts", 100m))]));
        var told = await Say(club, "为什么");
        Assert.InRange(Encoding.UTF8.GetByteCount(told), 1, WeChatReply.MaxContentBytes);
        Assert.Contains("另有194行", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_writes_that_she_wants_no_messages_gets_none_until_she_writes_again()
    {
        await using var club = await Open();
        var fan = (await club.Register(with: form => form with { OpenId = "o-fan", SmsConsent = true })).MemberId;
        await Say(club, "退订", at: 100);
        Assert.False((await Fan(club)).Consents.Sms);
        // The website sends what it knew before.
        club.Clock.Advance(TimeSpan.FromHours(1));
        await club.Register(with: form => form with { OpenId = "o-fan", SmsConsent = true });
        Assert.False((await Fan(club)).Consents.Sms);
        // A word that was written before and comes late, then one that was written after.
        await Say(club, "订阅", at: 50);
        Assert.False((await Fan(club)).Consents.Sms);
        await Say(club, "订阅", at: 200);
        await Say(club, "订阅", at: 200, isRepeat: true);
        Assert.True((await Fan(club)).Consents.Sms);
        var acts = (await club.Changes()).Where(document => document.Type == "event" && document.Partition == fan.Value)
            .Select(document => document.As<MemberEvent>()).Where(one => one is { Kind: MemberEventKind.ConsentChanged, Reason: ConsentSource.WeChat });
        Assert.Equal(["no-sms", "sms"], acts.Select(act => act.To));
    }

    [Fact]
    public async Task Near_is_by_the_location_that_she_sends_else_by_her_city_and_her_dealer_and_no_trace_is_kept()
    {
        await using var club = await Open("skoda");
        Assert.StartsWith("请发送您的位置", await Say(club, "附近"), StringComparison.Ordinal);
        Assert.StartsWith("暂未查到", await Locate(club, "39.9123", "116.4567"), StringComparison.Ordinal);
        await club.Put("D021", """{"name":"北京城南店","city":"北京市","address":"南环路1号","phone":"010-87654321","location":{"latitude":39.865,"longitude":116.379}}""");
        await club.Put("D030", """{"name":"上海店","city":"上海","location":{"latitude":31.23,"longitude":121.47}}""");
        await club.Register(with: form => form with { OpenId = "o-fan", City = "上海" });
        Assert.Equal("您可前往：\n上海店\n发送您的位置，可查询离您最近的门店。", await Say(club, "附近"));
        var told = await Locate(club, "39.9123", "116.4567");
        Assert.Equal("离您最近的门店：\n北京城南店（约8.5公里），南环路1号，电话010-87654321\n上海店（约1066.1公里）", told);
        Assert.Equal(told, await Locate(club, "39.9123", "116.4567", isRepeat: true));
        // What is no place on earth is as good as none.
        foreach (var (north, east) in ((string, string)[])[("91", "0"), ("x", "0"), ("1e3", "0"), ("0", "-181"), ("", "0")])
            Assert.StartsWith("您可前往", await Locate(club, north, east), StringComparison.Ordinal);
        foreach (var document in await club.Changes())
            foreach (var trace in (string[])["39.9123", "116.4567", "8.5公里"])
                Assert.DoesNotContain(trace, Encoding.UTF8.GetString(document.Json.Span), StringComparison.Ordinal);
        // A position that the account reports by itself is not even answered.
        Assert.Equal("success", await Reply(club, ++_id, "<MsgType>event</MsgType><Event>LOCATION</Event><Latitude>39.9123</Latitude><Longitude>116.4567</Longitude>"));
    }

    private Task<string> Locate(ClubFixture club, string north, string east, bool isRepeat = false) => Send(club, 0,
        $"<MsgType>location</MsgType><Location_X>{north}</Location_X><Location_Y>{east}</Location_Y><MsgId>{(isRepeat ? _id : ++_id)}</MsgId>");

    private static Programme Wallets() => Book.With("""
        {"wallets":[{"code":"club","name":"积分","scope":"club","unit":"积分","expiry":{"kind":"rollingMonths","months":12},"unitCost":1},
                    {"code":"branch","name":"分会积分","scope":"branch","unit":"积分","expiry":{"kind":"never"},"unitCost":1}],
         "earning":[{"id":"parts","when":{"category":["parts"]},"award":{"rate":1}},{"id":"labour","when":{"category":["labour"]},"award":{"rate":1},"wallet":"branch"}],
         "tiers":[{"code":"ordinary","name":"普卡"},{"code":"gold","name":"金卡","criteria":{"metric":"points","atLeast":1000,"wallet":"club","windowMonths":12},"validityMonths":12}]}
        """);

    private static string Bill(string id, string category, decimal amount, string on = "2026-03-02") => Events.Bill(id, time: $"{on}T10:20:00+08:00",
        member: new { openId = "o-fan" }, dealerId: "D001", source: "/dms/D001", lines: [Events.Line("1", category, amount)]);

    private static async Task<Profile> Fan(ClubFixture club) =>
        (await club.Get<Membership>().Find(PersonIdentity.OpenId("o-fan").Value, default))!;

    private Task<string> Say(ClubFixture club, string text, long at = 0, bool isRepeat = false) => Send(club, at,
        $"<MsgType>text</MsgType><Content><![CDATA[{text}]]></Content><MsgId>{(isRepeat ? _id : ++_id)}</MsgId>");

    private Task<string> Tap(ClubFixture club, string key) =>
        Send(club, ++_id, $"<MsgType>event</MsgType><Event>CLICK</Event><EventKey><![CDATA[{key}]]></EventKey>");

    private static async Task<string> Send(ClubFixture club, long at, string rest) =>
        XElement.Parse(await Reply(club, at, rest)).Element("Content")!.Value;

    private static async Task<string> Reply(ClubFixture club, long at, string rest)
    {
        var now = club.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = Encoding.UTF8.GetBytes(
            $"<xml><ToUserName>gh_club</ToUserName><FromUserName>o-fan</FromUserName><CreateTime>{1714037059 + at}</CreateTime>{rest}</xml>");
        var reply = await club.Get<WeChatConversation>().Handle(new WeChatQuery(WeChatSignature.Of("AAAAA", now, "7"), now, "7"), body);
        return reply.Value.Body;
    }

    [GeneratedRegex("“(.+?)”")]
    private static partial Regex Named();
}
