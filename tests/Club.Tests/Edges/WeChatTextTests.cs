using Club.Edges.WeChat;
using CsCheck;
using Xunit;

namespace Club.Tests.Edges;

/// <summary>WeChat writes what people type as it is, markup and control characters included.</summary>
public sealed class WeChatTextTests
{
    private static readonly WeChatCalls WeChat = new();
    private static readonly WeChatCallback Callback = new(WeChat.Options, WeChatCalls.Clock);
    private const string MsgId = "4561255354251345929";

    [Theory]
    [InlineData("]]></Content><MsgId>1</MsgId><Content><![CDATA[")]
    [InlineData("]]></Content><MsgId>1</MsgId></xml>")]
    [InlineData("]]></Content><MsgId>1</MsgId>")]
    [InlineData("]]></Content><MsgId>1")]
    [InlineData("]]></Content><FromUserName>oVictim</FromUserName><Content><![CDATA[卡号")]
    [InlineData("]]></FromUserName><FromUserName>oVictim</FromUserName><MsgId>1</MsgId>")]
    [InlineData("]]></Content><MsgType>event</MsgType><Event>unsubscribe</Event><Content><![CDATA[")]
    [InlineData("]]></Content><CreateTime>1</CreateTime><Content>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]>&a;")]
    [InlineData("</xml><xml>")]
    [InlineData("a]]>b")]
    [InlineData("<![CDATA[nested]]>")]
    [InlineData("<Content>")]
    [InlineData("&amp;&#x41;&nope;")]
    [InlineData("<!-- a -->")]
    public void Nothing_inside_a_text_becomes_structure(string typed)
    {
        var message = Open(WeChatCalls.XmlText(typed));
        Assert.Equal((WeChatCalls.OpenId, "text", MsgId, null, typed),
            (message.FromUser, message.MsgType, message.MsgId, message.Event, message.Content));
        Assert.Equal(1714112445, message.CreateTime.ToUnixTimeSeconds());
    }

    private static readonly string[] Markup =
        ["<", "]]>", "<![CDATA[", "</Content>", "<Content>", "<MsgId>", "</MsgId>", "</FromUserName>", "<FromUserName>", "</xml>",
            "<MsgType>event</MsgType>", "<x/>", "oVictim"];

    [Fact]
    public void Whatever_is_typed_the_envelope_stays_as_WeChat_wrote_it() =>
        Gen.OneOf(Gen.Int[0, Markup.Length - 1].Select(which => Markup[which]), Gen.String[Gen.Char['\u0001', '\uD7FF'], 0, 6]).Array[0,
            12].Select(string.Concat).Sample(typed =>
        {
            var message = Open(WeChatCalls.XmlText(typed));
            Assert.Equal((WeChatCalls.OpenId, "text", MsgId, null), (message.FromUser, message.MsgType, message.MsgId, message.Event));
            Assert.Equal(WeChatReply.Clean(typed.Replace("]]]]><![CDATA[>", "]]>", StringComparison.Ordinal)), message.Content ?? "");
        });

    /// <summary>Titles and descriptions of a shared link are its author's, and the scanned text of an event whoever printed the
    /// code.</summary>
    [Theory]
    [InlineData("link",
        "<Title><![CDATA[t]]></Title><Description><![CDATA[]]></Title><MsgId>1</MsgId><FromUserName>oVictim</FromUserName><MsgType>text</MsgType>]]></Description><Url><![CDATA[u]]></Url>")]
    [InlineData("location", "<Label><![CDATA[]]></Label><MsgId>1</MsgId><MsgType>event</MsgType><Event>unsubscribe</Event>]]></Label>")]
    public void Other_kinds_of_messages_keep_their_envelope_too(string type, string fields)
    {
        var message = Open(WeChatCalls.Xml($"<MsgType><![CDATA[{type}]]></MsgType>{fields}<MsgId>77</MsgId>"));
        Assert.Equal((WeChatCalls.OpenId, type, false), (message.FromUser, message.MsgType, message.IsEvent));
        Assert.NotEqual("1", message.MsgId);
    }

    [Fact]
    public void A_scanned_text_does_not_become_another_person()
    {
        const string Scanned = "]]></ScanResult></ScanCodeInfo><UnionId>uVictim</UnionId><ScanCodeInfo><ScanResult><![CDATA[";
        var message = Open(WeChatCalls.XmlEvent("scancode_push",
            $"<EventKey>k</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult><![CDATA[{Scanned}]]></ScanResult></ScanCodeInfo>"));
        Assert.Equal(("scancode_push", "k", null), (message.Event, message.EventKey, message.UnionId));
    }

    [Theory]
    [InlineData("积\u001d分", "积分")]
    [InlineData("\0\u0001\u0008积分\uFFFE\uFFFF", "积分")]
    [InlineData("a\tb\nc", "a\tb\nc")]
    public void Control_characters_are_left_out_of_a_text(string typed, string read) =>
        Assert.Equal(read, Open(WeChatCalls.XmlText(typed)).Content);

    [Theory]
    [InlineData("utf8")]
    [InlineData("UTF8")]
    [InlineData("Utf-8")]
    public void Utf_8_may_be_called_by_either_name(string name) =>
        Assert.Equal("你好", Open($"<?xml version='1.0' encoding='{name}'?>\n{WeChatCalls.XmlText("你好")}").Content);

    [Fact]
    public void Repeats_are_told_by_sender_and_account_too()
    {
        string[] others =
        [
            WeChatCalls.XmlText("a"),
            WeChatCalls.XmlText("a").Replace(WeChatCalls.OpenId, "oOther", StringComparison.Ordinal),
            WeChatCalls.XmlText("a").Replace(WeChatCalls.Account, "gh_other", StringComparison.Ordinal),
            WeChatCalls.Xml($"<MsgType>event</MsgType><Event>SCAN</Event><EventKey>{MsgId}</EventKey>"),
        ];
        Assert.Distinct(others.Select(xml => Open(xml).DedupeKey));
    }

    private static WeChatMessage Open(string body) => Callback.Open(WeChat.PlainQuery(), WeChatCalls.Bytes(body)).Value;
}
