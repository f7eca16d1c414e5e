using System.Text;
using Club.Edges.WeChat;
using Microsoft.Extensions.Time.Testing;

namespace Club.Tests.Edges;

/// <summary>WeChat as the club meets it: signs, encrypts and words calls the way its servers do.</summary>
internal sealed class WeChatCalls
{
    public const string OpenId = "o9AgO5Kd5ggOC-bXrbNODIiE3bGY";
    public const string Account = "gh_97417a04a28d";

    private const string Timestamp = "1714112445";

    /// <summary>The moment at which these calls are signed.</summary>
    public static TimeProvider Clock { get; } = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1714112445));

    private const string Nonce = "415670741";

    public WeChatOptions Options { get; init; } = new()
    {
        Token = "AAAAA",
        AppId = "wxba5fad812f8e6fb9",
        EncodingAesKey = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR",
        RequireEncryption = false,
    };

    public WeChatQuery PlainQuery(string? encryptType = null) =>
        new(WeChatSignature.Of(Options.Token, Timestamp, Nonce), Timestamp, Nonce, encryptType);

    public string Encrypt(string message, WeChatKey key = WeChatKey.Current) =>
        new WeChatCrypto(Options.AppId, Options.EncodingAesKey!, Options.PreviousEncodingAesKey)
            .Encrypt(Encoding.UTF8.GetBytes(message), key);

    public WeChatQuery SealedQuery(string encrypt) =>
        PlainQuery("aes") with { MsgSignature = WeChatSignature.Of(Options.Token, Timestamp, Nonce, encrypt) };

    public (WeChatQuery Query, byte[] Body) Sealed(string message, WeChatForm form = WeChatForm.Xml, string plainFields = "",
        WeChatKey key = WeChatKey.Current)
    {
        var encrypt = Encrypt(message, key);
        var body = form == WeChatForm.Xml
            ? $"<xml><ToUserName><![CDATA[{Account}]]></ToUserName>{plainFields}<Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"
            : $$"""{"ToUserName":"{{Account}}",{{plainFields}}"Encrypt":"{{encrypt}}"}""";
        return (SealedQuery(encrypt), Encoding.UTF8.GetBytes(body));
    }

    public static string Xml(string fields, string from = OpenId) =>
        $"<xml><ToUserName><![CDATA[{Account}]]></ToUserName>\n<FromUserName><![CDATA[{from}]]></FromUserName>\n<CreateTime>1714112445</CreateTime>\n{fields}\n</xml>";

    public static string XmlText(string content) =>
        Xml($"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{content}]]></Content><MsgId>4561255354251345929</MsgId>");

    public static string XmlEvent(string name, string fields = "") =>
        Xml($"<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{name}]]></Event>{fields}");

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
