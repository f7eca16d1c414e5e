using System.Globalization;
using System.Text;
using System.Text.Json;
using Club.Edges.Site;
using Club.Kernel;
using CsCheck;
using Xunit;

namespace Club.Tests.Edges;

public sealed class StandardWebhookTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 20, 0, TimeSpan.Zero);
    private static readonly byte[] Body = """{"type":"member.registered","data":{"name":"王"}}"""u8.ToArray();
    private static readonly WebhookSecret Secret = new(Encoding.ASCII.GetBytes("a secret of thirty-two bytes....")),
        Other = new(new byte[32]);

    public static TheoryData<string> Published => Vectors.Names(Vectors.Webhooks("positive"), "id");
    public static TheoryData<string> WrongSignatures => Vectors.Names(Vectors.Webhooks("signatureCases"), "id");

    [Theory, MemberData(nameof(Published))]
    public void A_published_delivery_is_verified_and_reproduced(string id)
    {
        var v = Positive(id);
        var sentAt = SentAt(v);
        // The key is built directly: one published key is shorter than the specification allows.
        var secret = new WebhookSecret(Convert.FromBase64String(v.Text("secret")["whsec_".Length..]));
        var delivery = StandardWebhook.Verify(Headers(v), Encoding.UTF8.GetBytes(v.Text("payload")), [secret], sentAt).Value;
        Assert.Equal(new WebhookDelivery(v.Text("webhookId"), sentAt), delivery);
        Assert.Equal(Headers(v), StandardWebhook.Sign(v.Text("webhookId"), sentAt, Encoding.UTF8.GetBytes(v.Text("payload")), secret));
    }

    [Theory, MemberData(nameof(Published))]
    public void A_secret_shorter_than_24_bytes_is_refused(string id)
    {
        var v = Positive(id);
        Assert.Equal(v.GetProperty("secretBytes").GetInt32() >= 24, WebhookSecret.Parse(v.Text("secret")).Succeeded);
    }

    [Theory, MemberData(nameof(WrongSignatures))]
    public void A_published_wrong_signature_is_refused(string id)
    {
        var v = Vectors.Webhooks("signatureCases").Single(c => c.Text("id") == id);
        var good = Positive(v.Text("base"));
        var outcome = StandardWebhook.Verify(Headers(good) with { Signature = v.Text("signature") },
            Encoding.UTF8.GetBytes(good.Text("payload")), [WebhookSecret.Parse(good.Text("secret")).Value], SentAt(good));
        Assert.Equal("webhook-signature", outcome.Problem?.Code);
        Assert.False(v.GetProperty("accept").GetBoolean());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(299, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-299, true)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void A_delivery_is_accepted_five_minutes_either_way(int offset, bool accepted)
    {
        var headers = StandardWebhook.Sign("msg_1", Now, Body, Secret);
        Assert.Equal(accepted ? null : "webhook-timestamp",
            StandardWebhook.Verify(headers, Body, [Secret], Now.AddSeconds(offset)).Problem?.Code);
        foreach (var c in Vectors.Webhooks("toleranceCases"))
            Assert.Equal(c.GetProperty("accept").GetBoolean(),
                StandardWebhook.Verify(headers, Body, [Secret], Now.AddSeconds(c.GetProperty("offsetSeconds").GetInt32())).Succeeded);
    }

    [Fact]
    public void While_a_secret_is_changed_both_are_accepted()
    {
        var headers = StandardWebhook.Sign("msg_1", Now, Body, Secret);
        Assert.True(StandardWebhook.Verify(headers, Body, [Other, Secret], Now).Succeeded);
        Refused("webhook-signature", StandardWebhook.Verify(headers, Body, [Other], Now));
        Refused("webhook-signature", StandardWebhook.Verify(headers, Body, [], Now));
    }

    [Theory]
    [InlineData("{0} v1,AAAA")]
    [InlineData("v1,AAAA {0}")]
    [InlineData("v1a,AAAA  {0} ")]
    public void One_good_signature_in_the_list_is_enough(string list) => Assert.True(WithSignature(list).Succeeded);

    [Theory]
    [InlineData("v1a{1}")]
    [InlineData("V1{1}")]
    [InlineData("{0}AAAA")]
    [InlineData("v1,{0}")]
    [InlineData("{0},v1,AAAA")]
    [InlineData("   ")]
    public void Whatever_else_stands_in_the_list_is_refused(string list) => Refused("webhook-signature", WithSignature(list));

    [Fact]
    public void Any_change_to_body_id_time_or_signature_is_refused() =>
        Gen.Select(Gen.Byte.Array[1, 300], Gen.Int[0, 10_000], Gen.Byte[1, 255]).Sample((body, position, flip) =>
        {
            var headers = StandardWebhook.Sign("msg_1", Now, body, Secret);
            var changed = (byte[])body.Clone();
            changed[position % body.Length] ^= flip;
            var signature = headers.Signature!.ToCharArray();
            var at = 3 + position % 42;
            signature[at] = signature[at] == 'A' ? 'B' : 'A';
            return StandardWebhook.Verify(headers, body, [Secret], Now).Succeeded
                && !StandardWebhook.Verify(headers, changed, [Secret], Now).Succeeded
                && !StandardWebhook.Verify(headers, body.AsSpan(..^1), [Secret], Now).Succeeded
                && !StandardWebhook.Verify(headers with { Id = "msg_2" }, body, [Secret], Now).Succeeded
                && !StandardWebhook.Verify(headers with { Timestamp = "1772417999" }, body, [Secret], Now).Succeeded
                && !StandardWebhook.Verify(headers with { Signature = new string(signature) }, body, [Secret], Now).Succeeded;
        }, iter: 200);

    [Fact]
    public void A_missing_header_is_named()
    {
        var headers = StandardWebhook.Sign("msg_1", Now, Body, Secret);
        Named("webhook-id", headers with { Id = null });
        Named("webhook-timestamp", headers with { Timestamp = "" });
        Named("webhook-signature", headers with { Signature = null });
    }

    [Theory]
    [InlineData("msg.1")]
    [InlineData("msg 1")]
    [InlineData("msg\n1")]
    [InlineData("消息")]
    public void A_strange_id_is_refused(string id)
    {
        Named("webhook-id", StandardWebhook.Sign("msg_1", Now, Body, Secret) with { Id = id });
        Assert.Throws<ArgumentException>(() => StandardWebhook.Sign(id, Now, Body, Secret));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("+1772418000")]
    [InlineData(" 1772418000")]
    [InlineData("1772418000.5")]
    [InlineData("99999999999999999999999")]
    public void A_strange_time_is_refused(string timestamp) =>
        Named("webhook-timestamp", StandardWebhook.Sign("msg_1", Now, Body, Secret) with { Timestamp = timestamp });

    [Fact]
    public void Sizes_are_bounded()
    {
        var largest = new byte[Limits.Body];
        Assert.True(StandardWebhook.Verify(StandardWebhook.Sign(new string('a', 256), Now, largest, Secret), largest, [Secret],
            Now).Succeeded);
        Refused("webhook-too-large", StandardWebhook.Verify(StandardWebhook.Sign("msg_1", Now, largest, Secret),
            new byte[largest.Length + 1], [Secret], Now));
        Named("webhook-id", StandardWebhook.Sign("msg_1", Now, Body, Secret) with { Id = new string('a', 257) });
        Named("webhook-signature", StandardWebhook.Sign("msg_1", Now, Body, Secret) with { Signature = new string('a', 4097) });
    }

    private static void Named(string header, WebhookHeaders headers)
    {
        var problem = StandardWebhook.Verify(headers, Body, [Secret], Now).Problem;
        Assert.Equal(("webhook-header", header), (problem?.Code, problem?.Path));
        Assert.Contains(header, problem!.Message, StringComparison.Ordinal);
    }

    /// <summary>A list in which {0} is the right signature and {1} the same without its version.</summary>
    private static Outcome<WebhookDelivery> WithSignature(string list)
    {
        var headers = StandardWebhook.Sign("msg_1", Now, Body, Secret);
        return StandardWebhook.Verify(
            headers with { Signature = string.Format(CultureInfo.InvariantCulture, list, headers.Signature, headers.Signature![2..]) },
            Body, [Secret], Now);
    }

    private static JsonElement Positive(string id) => Vectors.Webhooks("positive").Single(v => v.Text("id") == id);
    private static WebhookHeaders Headers(JsonElement v) => new(v.Text("webhookId"), v.Text("timestamp"), v.Text("signature"));
    private static DateTimeOffset SentAt(JsonElement v) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(v.Text("timestamp"), CultureInfo.InvariantCulture));
    private static void Refused<T>(string code, Outcome<T> outcome) => Assert.Equal(code, outcome.Problem?.Code);
}
