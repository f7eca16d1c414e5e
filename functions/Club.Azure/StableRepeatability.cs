using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Club.Kernel;
using Club.Messaging;

namespace Club.Azure;

/// <summary>
/// Puts the club's repeatability id into what <c>SmsClient</c> posts (REST version 2021-03-07). The client draws a new id for every call,
/// so an attempt that is repeated because its answer was lost would be sent twice; with the same id the service sends once.
/// </summary>
public sealed class StableRepeatability : HttpPipelineSynchronousPolicy
{
    private const string Property = "Club.Sms";

    /// <summary>Until it is disposed, requests of this flow carry the message's id.</summary>
    public static IDisposable Of(SmsMessage message) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Property] = message });

    /// <exception cref="NotSupportedException">The request is not the one that is known: nothing is sent rather than sent
    /// twice.</exception>
    public override void OnSendingRequest(HttpMessage message)
    {
        if (!message.TryGetProperty(Property, out var property) || property is not SmsMessage sms || message.Request.Content
            is not { } content)
            throw new NotSupportedException("A request to send SMS does not belong to a message.");
        using (content)
        {
            using var written = new MemoryStream();
            content.WriteTo(written, message.CancellationToken);
            message.Request.Content = RequestContent.Create(WithId(written.ToArray(), sms));
        }
    }

    private static byte[] WithId(byte[] body, SmsMessage sms)
    {
        var json = JsonNode.Parse(body);
        if (json?["smsRecipients"] is not JsonArray { Count: 1 } recipients || recipients[0] is not JsonObject recipient)
            throw new NotSupportedException("A request to send SMS has another form than that of version 2021-03-07.");
        recipient["repeatabilityRequestId"] = sms.RepeatabilityId.ToString("D");
        recipient["repeatabilityFirstSent"] = sms.FirstSent.ToString("R", CultureInfo.InvariantCulture);
        return JsonSerializer.SerializeToUtf8Bytes(json, ClubJson.Options);
    }
}
