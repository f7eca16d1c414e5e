using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Communication.Sms;

// What the club uses of Azure.Communication.Sms 1.0.2, which not every feed has: the same names and parameters, and the same way through
// the pipeline. Like the real client it draws a new repeatability id for every call and reads the answer without forgiveness.

public sealed class SmsClientOptions : ClientOptions
{
    public SmsClientOptions(ServiceVersion version = ServiceVersion.V2021_03_07) =>
        ArgumentOutOfRangeException.ThrowIfNotEqual(version, ServiceVersion.V2021_03_07);

    public enum ServiceVersion
    {
        None,
        V2021_03_07,
    }
}

public sealed class SmsSendOptions(bool enableDeliveryReport)
{
    public bool EnableDeliveryReport { get; } = enableDeliveryReport;
    public string? Tag { get; set; }
}

public sealed class SmsSendResult
{
    public string? To { get; internal init; }
    public string? MessageId { get; internal init; }
    public int HttpStatusCode { get; internal init; }
    public bool Successful { get; internal init; }
    public string? ErrorMessage { get; internal init; }
}

public class SmsClient(Uri endpoint, TokenCredential tokenCredential, SmsClientOptions options)
{
    private readonly HttpPipeline _pipeline = HttpPipelineBuilder.Build(options,
        new BearerTokenAuthenticationPolicy(tokenCredential, "https://communication.azure.com//.default"));

    public virtual async Task<Response<IReadOnlyList<SmsSendResult>>> SendAsync(
        string from, IEnumerable<string> to, string message, SmsSendOptions options, CancellationToken cancellationToken = default)
    {
        using var exchange = _pipeline.CreateMessage();
        var request = exchange.Request;
        request.Method = RequestMethod.Post;
        request.Uri.Reset(new Uri(endpoint, "/sms?api-version=2021-03-07"));
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add("Content-Type", "application/json");
        request.Content = RequestContent.Create(Body(from, to, message, options));
        await _pipeline.SendAsync(exchange, cancellationToken);
        if (exchange.Response.Status != 202) throw new RequestFailedException(exchange.Response);
        using var answer = JsonDocument.Parse(exchange.Response.Content);
        return Response.FromValue(Results(answer.RootElement)!, exchange.Response);
    }

    private static byte[] Body(string from, IEnumerable<string> to, string message, SmsSendOptions options)
    {
        var body = new Dictionary<string, object?>
        {
            ["from"] = from,
            ["smsRecipients"] = to.Select(number => new
            {
                to = number, repeatabilityRequestId = Guid.NewGuid().ToString(),
                    repeatabilityFirstSent = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture),
            }),
            ["message"] = message,
            ["smsSendOptions"] = options.Tag is null ? new { enableDeliveryReport = options.EnableDeliveryReport }
            : new { enableDeliveryReport = options.EnableDeliveryReport, tag = options.Tag },
        };
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static IReadOnlyList<SmsSendResult>? Results(JsonElement answer)
    {
        foreach (var property in answer.EnumerateObject())
            if (property.NameEquals("value")) return [.. property.Value.EnumerateArray().Select(Result)];
        return null;
    }

    private static SmsSendResult Result(JsonElement recipient) => new()
    {
        To = recipient.GetProperty("to").GetString(),
        MessageId = recipient.TryGetProperty("messageId", out var id) ? id.GetString() : null,
        HttpStatusCode = recipient.GetProperty("httpStatusCode").GetInt32(),
        Successful = recipient.GetProperty("successful").GetBoolean(),
        ErrorMessage = recipient.TryGetProperty("errorMessage", out var error) ? error.GetString() : null,
    };
}
