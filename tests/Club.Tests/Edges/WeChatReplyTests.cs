using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Club.Edges.WeChat;
using CsCheck;
using Xunit;

namespace Club.Tests.Edges;

public sealed class WeChatReplyTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1713424427);
    private static readonly WeChatCalls WeChat = new()
    {
        Options = new()
        {
            Token = "AAAAA",
            AppId = "wxba5fad812f8e6fb9",
            EncodingAesKey = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR",
            PreviousEncodingAesKey = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
            RequireEncryption = false,
        },
    };
    private static readonly WeChatCallback Callback = new(WeChat.Options, WeChatCalls.Clock);
    private static readonly WeChatMessage Message = Callback.Open(WeChat.PlainQuery(), WeChatCalls.Bytes(WeChatCalls.XmlText("hi"))).Value;

    [Fact]
    public void A_plain_xml_message_is_answered_in_plain_xml()
    {
        var reply = Callback.Reply(Message, "欢迎", Now);
        Assert.StartsWith("application/xml", reply.ContentType, StringComparison.Ordinal);
        Assert.Equal(
            "<xml><ToUserName><![CDATA[o9AgO5Kd5ggOC-bXrbNODIiE3bGY]]></ToUserName><FromUserName><![CDATA[gh_97417a04a28d]]></FromUserName>" +
            "<CreateTime>1713424427</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[欢迎]]></Content></xml>", reply.Body);
    }

    [Fact]
    public void A_plain_json_message_is_answered_in_json()
    {
        var reply = Callback.Reply(Message with { Form = WeChatForm.Json }, "欢迎\"", Now);
        Assert.StartsWith("application/json", reply.ContentType, StringComparison.Ordinal);
        Assert.Equal(
            """{"ToUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","FromUserName":"gh_97417a04a28d","CreateTime":1713424427,"MsgType":"text","Content":"欢迎\""}""", reply.Body);
    }

    [Fact]
    public void The_published_encrypted_reply_is_reproduced()
    {
        var v = Vectors.WeChatById("official-reply-encrypt");
        var reply = WeChatReply.Sealed(WeChatForm.Json, v.Text("encrypt"), v.Text("token"), v.Text("nonce"),
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(v.Text("timestamp"), CultureInfo.InvariantCulture)));
        Assert.Equal(
            $$"""{"Encrypt":"{{v.Text("encrypt")}}","MsgSignature":"{{v.Text("msg_signature")}}","TimeStamp":{{v.Text("timestamp")}},"Nonce":"{{v.Text("nonce")}}"}""", reply.Body);
    }

    [Theory]
    [InlineData(WeChatForm.Xml, WeChatKey.Current)]
    [InlineData(WeChatForm.Xml, WeChatKey.Previous)]
    [InlineData(WeChatForm.Json, WeChatKey.Current)]
    [InlineData(WeChatForm.Json, WeChatKey.Previous)]
    public void An_encrypted_message_is_answered_with_its_key_and_in_its_form(WeChatForm form, WeChatKey key)
    {
        var (query, body) = WeChat.Sealed(WeChatCalls.XmlText("hi"), form, key: key);
        var message = Callback.Open(query, body).Value;
        Assert.Equal((form, key), (message.Form, message.Key));

        var field = FieldsOf(Callback.Reply(message, "欢迎", Now), form);
        Assert.True(WeChatSignature.Holds(field("MsgSignature"), WeChat.Options.Token, field("TimeStamp"), field("Nonce"),
            field("Encrypt")));
        var used = key == WeChatKey.Current ? WeChat.Options.EncodingAesKey : WeChat.Options.PreviousEncodingAesKey;
        var inner = Encoding.UTF8.GetString(new WeChatCrypto(WeChat.Options.AppId, used!).Decrypt(field("Encrypt")).Value.Content.Span);
        Assert.Equal("欢迎", FieldsOf(new("", inner), form)("Content"));
    }

    [Theory]
    [InlineData("a]]>b", "a]]>b")]
    [InlineData("]]>]]>", "]]>]]>")]
    [InlineData("<a href=\"x\">&amp;</a>", "<a href=\"x\">&amp;</a>")]
    [InlineData("a\u0000\u0008b", "ab")]
    [InlineData("line\nline", "line\nline")]
    [InlineData("", "")]
    public void Whatever_the_text_the_reply_is_well_formed(string content, string shown)
    {
        Assert.Equal(shown, FieldsOf(Callback.Reply(Message, content, Now), WeChatForm.Xml)("Content"));
        Assert.Equal(shown, FieldsOf(Callback.Reply(Message with { Form = WeChatForm.Json }, content, Now), WeChatForm.Json)("Content"));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() =>
        Assert.Equal("half\ufffd", FieldsOf(Callback.Reply(Message, "half\ud83d", Now), WeChatForm.Xml)("Content"));

    [Fact]
    public void A_long_text_ends_whole_within_the_bound() =>
        Gen.OneOf("中", "a", "🚗", "👨‍👩‍👧", "é").Array[500, 1500].Sample(parts =>
        {
            var content = string.Concat(parts);
            var shown = FieldsOf(Callback.Reply(Message, content, Now), WeChatForm.Xml)("Content");
            if (Encoding.UTF8.GetByteCount(content) <= WeChatReply.MaxContentBytes) return shown == content;
            var elements = StringInfo.ParseCombiningCharacters(content);
            var bytes = Encoding.UTF8.GetByteCount(shown);
            return bytes is > WeChatReply.MaxContentBytes - 25 and <= WeChatReply.MaxContentBytes
                && shown.EndsWith('…') && content.StartsWith(shown[..^1], StringComparison.Ordinal) && elements.Contains(shown.Length - 1);
        }, iter: 100);

    private static Func<string, string> FieldsOf(WeChatReply reply, WeChatForm form)
    {
        if (form == WeChatForm.Json) return name => JsonElement.Parse(reply.Body).GetProperty(name).ToString();
        return name => XElement.Parse(reply.Body, LoadOptions.PreserveWhitespace).Element(name)!.Value;
    }
}
