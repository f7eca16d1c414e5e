using System.Globalization;
using System.Text;
using Club.Edges.Site;
using Club.Edges.WeChat;
using Club.Local;

namespace Club.Chaos.Http;

/// <summary>Calls whose content is behind a signature: most of them are signed well, so that the content is read.</summary>
internal sealed record Signed(byte[] Body, IReadOnlyList<(string Name, string Value)> Headers)
{
    private static readonly WebhookSecret Secret = WebhookSecret.Parse(ClubDevelopmentKeys.WebhookSecret).Value;

    public static Signed Site(int number, string text, Random random)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var id = random.Next(20) == 0 ? "http-1" : string.Create(CultureInfo.InvariantCulture, $"hostile-{number}");
        var headers = StandardWebhook.Sign(id, DateTimeOffset.UtcNow, body, Secret);
        List<(string, string)> list = [(WebhookHeaders.IdName, headers.Id!), (WebhookHeaders.TimestampName, headers.Timestamp!),
            (WebhookHeaders.SignatureName, headers.Signature!)];
        if (random.Next(12) == 0) list[random.Next(3)] = (list[random.Next(3)].Item1, HostileValues.Part(random));
        return new Signed(body, list);
    }

    /// <summary>Sealed, plain, or with a signature that does not hold.</summary>
    public static Signed WeChat(string text, StringBuilder target, char separator, Random random)
    {
        var at = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = Encoding.UTF8.GetBytes(text);
        switch (random.Next(5))
        {
            case 0:
                break;
            case 1 or 2:
                target.Append(separator).Append(CultureInfo.InvariantCulture,
                    $"timestamp={at}&nonce=n1&signature={WeChatSignature.Of(ClubDevelopmentKeys.WeChatToken, at, "n1")}");
                break;
            default:
                var encrypt = new WeChatCrypto(ClubDevelopmentKeys.WeChatAppId, ClubDevelopmentKeys.WeChatAesKey).Encrypt(body, WeChatKey.Current);
                target.Append(separator).Append(CultureInfo.InvariantCulture,
                    $"encrypt_type=aes&timestamp={at}&nonce=n1&msg_signature={WeChatSignature.Of(ClubDevelopmentKeys.WeChatToken, at, "n1", encrypt)}");
                body = Encoding.UTF8.GetBytes(text.StartsWith('{') ? $$"""{"Encrypt":"{{encrypt}}"}"""
                    : $"<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>");
                break;
        }
        return new Signed(body, []);
    }
}
