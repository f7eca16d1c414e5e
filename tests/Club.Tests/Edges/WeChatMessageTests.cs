using System.Text;
using Club.Edges.WeChat;
using Xunit;

namespace Club.Tests.Edges;

public sealed class WeChatMessageTests
{
    private static readonly WeChatCalls WeChat = new();
    private static readonly WeChatCallback Callback = new(WeChat.Options, WeChatCalls.Clock);

    [Fact]
    public void A_card_event_tells_its_card()
    {
        var message = Open(WeChatCalls.XmlEvent("user_get_card",
            "<CardId><![CDATA[p1]]></CardId><UserCardCode>880000000017</UserCardCode><OuterStr>d:D021</OuterStr><IsGiveByFriend>1</IsGiveByFriend>" +
            "<FriendUserName><![CDATA[oFriend]]></FriendUserName><OldUserCardCode>17</OldUserCardCode><IsRestoreMemberCard>0</IsRestoreMemberCard><UnionId>oU</UnionId>"));
        Assert.Equal(("p1", "880000000017", "d:D021", true, "oFriend", "17", false, "oU"),
            (message.CardId, message.UserCardCode, message.OuterStr, message.IsGiveByFriend, message.FriendUserName,
            message.OldUserCardCode, message.IsRestoreMemberCard, message.UnionId));
    }

    [Theory]
    [InlineData("subscribe", "qrscene_d:D021", "d:D021", "D021", null)]
    [InlineData("SCAN", "d:D021", "d:D021", "D021", null)]
    [InlineData("SCAN", "r:100000000008", "r:100000000008", null, "100000000008")]
    [InlineData("subscribe", "qrscene_r:100000000009", "r:100000000009", null, null)]
    [InlineData("subscribe", "qrscene_123", "123", null, null)]
    [InlineData("SCAN", "d:", "d:", null, null)]
    [InlineData("SCAN", "d:../../x", "d:../../x", null, null)]
    [InlineData("subscribe", "last_trade_no_1", null, null, null)]
    [InlineData("subscribe", "", null, null, null)]
    [InlineData("CLICK", "d:D021", null, null, null)]
    public void A_scanned_code_names_the_dealer_or_the_referrer(string name, string key, string? scene, string? dealer, string? referrer)
    {
        var message = Open(WeChatCalls.XmlEvent(name, $"<EventKey><![CDATA[{key}]]></EventKey><Ticket><![CDATA[T]]></Ticket>"));
        Assert.Equal((scene, dealer, referrer), (message.SceneText, message.Scene.DealerId, message.Scene.ReferrerCard?.Value));
        Assert.Equal("T", message.Ticket);
    }

    [Fact]
    public void Deliveries_of_one_message_share_a_key_and_other_messages_have_others()
    {
        string[] different =
        [
            WeChatCalls.XmlText("a"),
            WeChatCalls.XmlText("a").Replace("4561255354251345929", "4561255354251345930", StringComparison.Ordinal),
            WeChatCalls.XmlEvent("subscribe"),
            WeChatCalls.XmlEvent("unsubscribe"),
            WeChatCalls.XmlEvent("subscribe").Replace("1714112445", "1714112446", StringComparison.Ordinal),
            WeChatCalls.XmlEvent("SCAN", "<EventKey>d:A</EventKey>"),
            WeChatCalls.XmlEvent("SCAN", "<EventKey>d:B</EventKey>"),
            WeChatCalls.XmlEvent("user_get_card", "<UserCardCode>1</UserCardCode>"),
            WeChatCalls.XmlEvent("user_get_card", "<UserCardCode>2</UserCardCode>"),
            WeChatCalls.Xml("<MsgType>event</MsgType><Event>subscribe</Event>", from: "oOther"),
        ];
        var keys = different.Select(xml => Open(xml).DedupeKey).ToList();
        Assert.Equal(different.Length, keys.Distinct().Count());
        Assert.Equal(keys, different.Select(xml => Open(xml).DedupeKey));
        Assert.DoesNotContain(keys, key => key.Contains(WeChatCalls.OpenId, StringComparison.Ordinal));
    }

    [Fact]
    public void Template_results_of_one_second_are_told_apart_by_their_message()
    {
        var first = Open(WeChatCalls.XmlEvent("TEMPLATESENDJOBFINISH", "<MsgID>1</MsgID><Status><![CDATA[failed:user block]]></Status>"));
        var second = Open(WeChatCalls.XmlEvent("TEMPLATESENDJOBFINISH", "<MsgID>2</MsgID><Status><![CDATA[success]]></Status>"));
        Assert.Equal("failed:user block", first.Status);
        Assert.NotEqual(first.DedupeKey, second.DedupeKey);
    }

    [Theory]
    [InlineData("""{"TemplateId":"t","SubscribeStatusString":"accept"}""")]
    [InlineData("""[{"TemplateId":"t","SubscribeStatusString":"accept"},{"TemplateId":"u","SubscribeStatusString":"reject"}]""")]
    [InlineData("null")]
    public void A_json_list_may_be_one_or_many(string list)
    {
        var message = Open(
            $$"""{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":"1610969440","MsgType":"event","List":{{list}},"Event":"subscribe_msg_popup_event"}""");
        Assert.Equal("subscribe_msg_popup_event", message.Event);
    }

    [Fact]
    public void Nested_values_do_not_pass_for_fields_of_the_message()
    {
        Assert.Equal(WeChatCalls.OpenId, Open(WeChatCalls.XmlEvent("x", "<List><FromUserName>forged</FromUserName></List>")).FromUser);
        Assert.Null(Open(WeChatCalls.XmlEvent("x", "<EventKey>a<b>c</b>d</EventKey>")).EventKey);
        Assert.Null(Open(
            """{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1,"MsgType":"event","Event":"x","EventKey":{"EventKey":"forged"}}""").EventKey);
    }

    [Fact]
    public void Text_with_markup_and_emoji_arrives_as_it_was_typed()
    {
        Assert.Equal("<b>&amp; 🚗", Open(WeChatCalls.XmlText("<b>&amp; 🚗")).Content);
        Assert.Equal("a]]>b", Open(WeChatCalls.XmlText("a]]]]><![CDATA[>b")).Content);
        Assert.Equal("a&b", Open(WeChatCalls.Xml("<MsgType>text</MsgType><Content>a&amp;b</Content>")).Content);
        Assert.Equal("a🚗\"", Open(
            """{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1,"MsgType":"text","Content":"a\ud83d\ude97\""}""").Content);
    }

    [Theory]
    [InlineData("ToUserName")]
    [InlineData("FromUserName")]
    [InlineData("CreateTime")]
    [InlineData("MsgType")]
    [InlineData("Event")]
    public void A_missing_field_is_named(string name)
    {
        var xml = WeChatCalls.XmlEvent("subscribe");
        var problem = Callback.Open(WeChat.PlainQuery(),
            WeChatCalls.Bytes(xml.Replace($"{name}>", "Other>", StringComparison.Ordinal))).Problem;
        Assert.Equal(("wechat-malformed", $"/xml/{name}"), (problem?.Code, problem?.Path));
        Assert.Contains(name, problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CreateTime", "1714112445", "yesterday")]
    [InlineData("CreateTime", "1714112445", "-1")]
    [InlineData("CreateTime", "1714112445", "99999999999999999999")]
    [InlineData("CreateTime", "1714112445", "999999999999")]
    [InlineData("FromUserName", WeChatCalls.OpenId, "no such id")]
    public void A_wrong_field_is_named(string name, string right, string wrong)
    {
        var problem = Callback.Open(WeChat.PlainQuery(),
            WeChatCalls.Bytes(WeChatCalls.XmlText("x").Replace(right, wrong, StringComparison.Ordinal))).Problem;
        Assert.Equal(("wechat-malformed", $"/xml/{name}"), (problem?.Code, problem?.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<xml/>")]
    [InlineData("<xml></xml><xml></xml>")]
    [InlineData("""{"ToUserName":"a","FromUserName":"b","CreateTime":1,"MsgType":"text"} x""")]
    [InlineData("""{"ToUserName":"a","FromUserName":"b","CreateTime":1,"MsgType":"text","Content":"\ud83d"}""")]
    [InlineData("""{"ToUserName":"a","FromUserName":"b","CreateTime":1,"MsgType":"text",}""")]
    [InlineData("""{"ToUserName":"a","FromUserName":"b","CreateTime":{"x":1},"MsgType":"text"}""")]
    [InlineData("""<?xml version="1.0" encoding="GB2312"?><xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>""")]
    [InlineData("""<?xml version="1.0" encoding="utf-16"?><xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>""")]
    [InlineData("""<!DOCTYPE xml><xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>""")]
    [InlineData("""<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><ToUserName>&f;</ToUserName><FromUserName>b</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>""")]
    [InlineData("""<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><xml><ToUserName>&c;</ToUserName></xml>""")]
    [InlineData("""<xml><ToUserName>&undeclared;</ToUserName></xml>""")]
    public void What_is_neither_clean_xml_nor_json_is_malformed(string body)
    {
        Assert.Equal("wechat-malformed", Callback.Open(WeChat.PlainQuery(), WeChatCalls.Bytes(body)).Problem?.Code);
        var (query, outer) = WeChat.Sealed(body);
        Assert.Equal("wechat-malformed", Callback.Open(query, outer).Problem?.Code);
    }

    [Fact]
    public void Other_encodings_are_malformed_and_a_byte_order_mark_is_not()
    {
        var xml = WeChatCalls.XmlText("你好");
        byte[] gb2312 = [.. WeChatCalls.Bytes(xml[..xml.IndexOf('你', StringComparison.Ordinal)]), 0xC4, 0xE3, 0xBA, 0xC3,
            .. WeChatCalls.Bytes(xml[(xml.IndexOf('好', StringComparison.Ordinal) + 1)..])];
        foreach (var body in (byte[][])[gb2312, Encoding.Unicode.GetBytes(xml),
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(xml)], Encoding.BigEndianUnicode.GetBytes(xml),
            Encoding.UTF32.GetBytes(xml)])
            Assert.Equal("wechat-malformed", Callback.Open(WeChat.PlainQuery(), body).Problem?.Code);
        Assert.Equal("你好", Callback.Open(WeChat.PlainQuery(),
            (byte[])[.. Encoding.UTF8.Preamble, .. WeChatCalls.Bytes(xml)]).Value.Content);
        Assert.Equal("你好", Open("""<?xml version="1.0" encoding="UTF-8"?>""" + xml).Content);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(1000, false)]
    public void Nesting_is_bounded_or_not_followed(int depth, bool accepted)
    {
        // XML is read one level deep, so how deep it goes on costs nothing.
        var xml = WeChatCalls.XmlEvent("x",
            string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth)));
        var json = $$"""{"ToUserName":"a","FromUserName":"b","CreateTime":1,"MsgType":"text","List":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        Assert.Equal("x", Open(xml).Event);
        Assert.Equal(accepted, Callback.Open(WeChat.PlainQuery(), WeChatCalls.Bytes(json)).Succeeded);
    }

    private static WeChatMessage Open(string body) => Callback.Open(WeChat.PlainQuery(), WeChatCalls.Bytes(body)).Value;
}
