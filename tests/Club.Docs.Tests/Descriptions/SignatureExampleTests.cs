using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Club.Edges.Site;
using Club.Edges.WeChat;
using Club.Tests.Support;
using Xunit;

namespace Club.Docs.Tests.Descriptions;

/// <summary>Whoever implements a signature or a hash from the description can check it against numbers that are right.</summary>
public sealed class SignatureExampleTests
{
    private static readonly JsonElement Sample = JsonElement.Parse(Repository.Read("local.settings.sample.json")).GetProperty("Values");

    [Fact]
    public void The_webhook_headers_sign_the_example()
    {
        var body = Encoding.UTF8.GetBytes(Description.Text(Operation.Named("SiteRegistrations").Request("application/json")));
        var secret = WebhookSecret.Parse(Sample.GetProperty("SiteWebhook__Secrets__0").GetString()).Value;
        var headers = new WebhookHeaders(Example("webhookId"), Example("webhookTimestamp"), Example("webhookSignature"));
        var sentAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers.Timestamp!, CultureInfo.InvariantCulture));

        Assert.Equal(StandardWebhook.Sign(headers.Id!, sentAt, body, secret), headers);
    }

    [Fact]
    public void The_WeChat_signature_is_that_of_the_examples()
    {
        string Parameter(string name) => (string)Description.OpenApi.Find($"#/components/parameters/{name}")!["example"]!;

        Assert.Contains(
            WeChatSignature.Of(Sample.GetProperty("WeChat__Token").GetString()!, Parameter("WeChatTimestamp"), Parameter("WeChatNonce")),
            (string)Description.OpenApi.Find("#/components/securitySchemes/weChatSignature")!["description"]!);
    }

    [Fact]
    public void An_entry_is_hashed_as_described()
    {
        var entries = Operation.Named("MemberEntries").Answer(200, "application/json")!["example"]!["items"]!.AsArray();
        Assert.All(entries, entry =>
        {
            var hashed = WithoutNulls(entry)!.AsObject();
            hashed.Remove("hash");
            foreach (var line in hashed["explanation"]!.AsArray()) line!.AsObject().Remove("arithmetic");
            Assert.Equal((string)entry!["hash"]!,
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Description.Text(hashed)))));
        });
        Assert.Equal((string)entries[1]!["hash"]!, (string)entries[0]!["previousHash"]!);
    }

    private static JsonNode? WithoutNulls(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Where(member => member.Value is not null)
            .Select(member => KeyValuePair.Create(member.Key, WithoutNulls(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithoutNulls)]),
        _ => node?.DeepClone(),
    };

    private static string Example(string scheme) =>
        Regex.Match((string)Description.OpenApi.Find($"#/components/securitySchemes/{scheme}")!["description"]!,
            "Example: `([^`]+)`").Groups[1].Value;
}
