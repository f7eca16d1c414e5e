using System.Globalization;
using System.Text;
using System.Text.Json;
using Club.Edges.WeChat;
using Club.Kernel;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Club.Tests.Edges;

public sealed class WeChatCallbackTests
{
    private static readonly WeChatCalls WeChat = new();
    private static readonly WeChatCallback Callback = new(WeChat.Options, WeChatCalls.Clock);

    public static TheoryData<string> SafeMode => Vectors.Names(Vectors.WeChat("aes").Where(v => v.TryGetProperty("body", out _)), "id");

    [Theory, MemberData(nameof(SafeMode))]
    public void A_published_safe_mode_message_opens(string id)
    {
        var v = Vectors.WeChatById(id);
        var message = CallbackOf(v).Open(QueryOf(v), WeChatCalls.Bytes(v.Text("body"))).Value;
        Assert.Equal(WeChatKey.Current, message.Key);
        if (v.TryGetProperty("expect_fields", out var fields))
            Assert.Equal((fields.Text("MsgType"), fields.Text("Content"), fields.Text("ToUserName"), fields.Text("FromUserName")),
                (message.MsgType, message.Content, message.ToUser, message.FromUser));
        else
            Assert.Equal(("event", "debug_demo", WeChatForm.Json), (message.MsgType, message.Event, message.Form));
    }

    [Fact]
    public void The_published_plain_message_opens()
    {
        var v = Vectors.WeChatById("official-post-plain");
        var message = CallbackOf(v).Open(QueryOf(v), WeChatCalls.Bytes(v.Text("body"))).Value;
        Assert.Equal(("event", "debug_demo", null, WeChatForm.Json), (message.MsgType, message.Event, message.Key, message.Form));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1714037059), message.CreateTime);
    }

    [Fact]
    public void The_published_address_check_is_answered_with_its_echo()
    {
        var v = Vectors.WeChatById("official-get-url-verify");
        var query = QueryOf(v) with { EchoStr = v.Text("echostr") };
        Assert.Equal(v.Text("echostr"), CallbackOf(v).Echo(query).Value);
        Refused("wechat-signature", CallbackOf(v).Echo(query with { Nonce = "1514711493" }));
        Refused("wechat-signature", CallbackOf(v).Echo(query with { EchoStr = null }));
        Refused("wechat-signature", CallbackOf(v).Echo(query with { EchoStr = new string('1', 257) }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("raw")]
    public void Without_encryption_the_plain_signature_must_hold(string? encryptType)
    {
        var body = WeChatCalls.Bytes(WeChatCalls.XmlText("你好"));
        Assert.Equal("你好", Callback.Open(WeChat.PlainQuery(encryptType), body).Value.Content);
        Refused("wechat-signature", Callback.Open(WeChat.PlainQuery(encryptType) with { Signature = null }, body));
        Refused("wechat-signature", Callback.Open(WeChat.PlainQuery(encryptType) with { Timestamp = "1714112446" }, body));
        Refused("wechat-signature", Callback.Open(WeChat.PlainQuery(encryptType) with { Nonce = null }, body));
    }

    [Fact]
    public void With_encryption_only_the_message_signature_counts()
    {
        var (query, body) = WeChat.Sealed(WeChatCalls.XmlText("你好"));
        Assert.True(Callback.Open(query with { Signature = null }, body).Succeeded);
        Assert.True(Callback.Open(query with { Signature = new string('0', 40) }, body).Succeeded);
        Refused("wechat-signature", Callback.Open(query with { MsgSignature = query.Signature }, body));
        Refused("wechat-signature", Callback.Open(query with { MsgSignature = null }, body));
    }

    [Theory]
    [InlineData(WeChatForm.Xml,
        "<FromUserName>forged</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>forged</Content><MsgId>1</MsgId>")]
    [InlineData(WeChatForm.Json, """ "FromUserName":"forged","CreateTime":1,"MsgType":"text","Content":"forged","MsgId":1,""")]
    public void In_compatible_mode_only_the_encrypted_part_is_believed(WeChatForm form, string forged)
    {
        var (query, body) = WeChat.Sealed(WeChatCalls.XmlText("真"), form, forged);
        var message = Callback.Open(query, body).Value;
        Assert.Equal(("真", WeChatCalls.OpenId, form), (message.Content, message.FromUser, message.Form));
    }

    [Fact]
    public void Every_changed_character_of_the_encrypted_part_breaks_the_signature()
    {
        var (query, body) = WeChat.Sealed(WeChatCalls.XmlText("hello"));
        var start = Encoding.UTF8.GetString(body).IndexOf("<Encrypt><![CDATA[", StringComparison.Ordinal) + 18;
        for (var i = start; body[i] != ']'; i++)
        {
            var changed = (byte[])body.Clone();
            changed[i] = changed[i] == 'A' ? (byte)'B' : (byte)'A';
            Refused("wechat-signature", Callback.Open(query, changed));
        }
    }

    [Fact]
    public void A_signed_message_for_another_account_is_refused()
    {
        var other = new WeChatCalls { Options = new() { Token = WeChat.Options.Token, AppId = "wx0000000000000000",
            EncodingAesKey = WeChat.Options.EncodingAesKey } };
        var (query, body) = other.Sealed(WeChatCalls.XmlText("hello"));
        Refused("wechat-decrypt", Callback.Open(query, body));
    }

    [Fact]
    public void Where_encryption_is_required_plain_messages_are_refused()
    {
        var strict = new WeChatCallback(
            new() { Token = WeChat.Options.Token, AppId = WeChat.Options.AppId, EncodingAesKey = WeChat.Options.EncodingAesKey,
            RequireEncryption = true }, WeChatCalls.Clock);
        Refused("wechat-encryption-required", strict.Open(WeChat.PlainQuery(), WeChatCalls.Bytes(WeChatCalls.XmlText("x"))));
        var (query, body) = WeChat.Sealed(WeChatCalls.XmlText("x"));
        Assert.True(strict.Open(query, body).Succeeded);
    }

    [Fact]
    public void Without_a_key_encrypted_messages_are_refused_and_plain_ones_open()
    {
        var plain = new WeChatCallback(new() { Token = WeChat.Options.Token, AppId = WeChat.Options.AppId }, WeChatCalls.Clock);
        var (query, body) = WeChat.Sealed(WeChatCalls.XmlText("x"));
        Refused("wechat-not-configured", plain.Open(query, body));
        Assert.True(plain.Open(WeChat.PlainQuery(), WeChatCalls.Bytes(WeChatCalls.XmlText("x"))).Succeeded);
    }

    [Fact]
    public void The_largest_body_opens_and_one_byte_more_does_not()
    {
        var frame = WeChatCalls.Bytes(WeChatCalls.XmlText("")).Length;
        var largest = WeChatCalls.Bytes(WeChatCalls.XmlText(new string('x', Limits.Body - frame)));
        Assert.Equal(Limits.Body, largest.Length);
        Assert.True(Callback.Open(WeChat.PlainQuery(), largest).Succeeded);
        Refused("wechat-too-large", Callback.Open(WeChat.PlainQuery(), (byte[])[.. largest, (byte)' ']));
        Refused("wechat-too-large", Callback.Open(WeChat.PlainQuery("aes"), (byte[])[.. largest, (byte)' ']));
    }

    [Fact]
    public void A_truncated_body_is_malformed_wherever_it_ends()
    {
        foreach (var text in (string[])[WeChatCalls.XmlText("你好"),
            """{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1,"MsgType":"text","Content":"你好","List":[{"a":1}]}"""])
        {
            var body = WeChatCalls.Bytes(text);
            Assert.True(Callback.Open(WeChat.PlainQuery(), body).Succeeded);
            for (var length = 0; length < body.Length; length++)
                Refused("wechat-malformed", Callback.Open(WeChat.PlainQuery(), body.AsMemory(0, length)));
        }
    }

    [Fact]
    public void An_unknown_encryption_is_malformed() =>
        Refused("wechat-malformed", Callback.Open(WeChat.PlainQuery("rsa"), WeChatCalls.Bytes(WeChatCalls.XmlText("x"))));

    [Fact]
    public void An_encrypted_call_without_its_encrypted_part_names_the_field()
    {
        var problem = Callback.Open(WeChat.PlainQuery("aes"), WeChatCalls.Bytes(WeChatCalls.XmlText("x"))).Problem;
        Assert.Equal(("wechat-malformed", "/xml/Encrypt"), (problem?.Code, problem?.Path));
    }

    private static WeChatCallback CallbackOf(JsonElement v) =>
        new(
            new() { Token = v.Text("token"), AppId = v.TextOrNone("appId") ?? "wx", EncodingAesKey = v.TextOrNone("encodingAesKey"),
            RequireEncryption = false },
            new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(long.Parse(v.Text("timestamp"), CultureInfo.InvariantCulture))));

    private static WeChatQuery QueryOf(JsonElement v) => new(
        v.TextOrNone("signature"), v.Text("timestamp"), v.Text("nonce"), v.TextOrNone("encrypt_type")
        ?? (v.Text("kind") == "aes" ? "aes" : null), v.TextOrNone("msg_signature"));

    private static void Refused<T>(string code, Outcome<T> outcome) => Assert.Equal(code, outcome.Problem?.Code);
}
