using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Club.Kernel;
using Club.Sms;

namespace Club.Azure;

/// <summary>
/// Text messages over Azure Communication Services, REST version 2021-03-07
/// (Azure/azure-rest-api-specs, communication/data-plane/Sms/stable/2021-03-07). A failure of one recipient comes inside a 202.
/// </summary>
public sealed class AcsSms : ISms
{
    private const string ApiVersion = "2021-03-07";

    // The double slash is the service's own.
    private const string Scope = "https://communication.azure.com//.default";

    private readonly AcsSmsOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpPipeline _pipeline;

    // Not the SDK's SmsClient 1.0.2: it draws a new repeatability id for every call, so an attempt that is repeated would be sent twice.
    public AcsSms(AcsSmsOptions options, TokenCredential credential, TimeProvider time, HttpPipelineTransport? transport = null)
    {
        _options = options;
        _time = time;
        var client = new PipelineOptions();
        if (transport is not null) client.Transport = transport;
        _pipeline = HttpPipelineBuilder.Build(client, new BearerTokenAuthenticationPolicy(credential, Scope));
    }

    public async Task<SmsResult> Send(SmsMessage message, CancellationToken cancellation)
    {
        try
        {
            using var exchange = Request(message);
            await _pipeline.SendAsync(exchange, cancellation);
            return Read(exchange.Response, message);
        }
        catch (Exception fault) when (fault is RequestFailedException or AuthenticationFailedException)
        {
            return new SmsResult.TryLater($"The provider could not be asked: {fault.GetType().Name}.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SmsResult.TryLater("The provider did not answer in time.");
        }
    }

    private HttpMessage Request(SmsMessage message)
    {
        var exchange = _pipeline.CreateMessage();
        exchange.BufferResponse = true;
        var request = exchange.Request;
        request.Method = RequestMethod.Post;
        request.Uri.Reset(new Uri(_options.Endpoint, $"/sms?api-version={ApiVersion}"));
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add("Content-Type", "application/json");
        request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(Body(message), ClubJson.Options));
        return exchange;
    }

    private object Body(SmsMessage message) => new
    {
        _options.From,
        SmsRecipients = new[]
        {
            new
            {
                message.To,
                RepeatabilityRequestId = message.RepeatabilityId.ToString("D"),
                RepeatabilityFirstSent = message.FirstSent.ToString("R", CultureInfo.InvariantCulture),
            },
        },
        Message = message.Text,
        SmsSendOptions = new { EnableDeliveryReport = true, message.Tag },
    };

    private SmsResult Read(Response response, SmsMessage message)
    {
        var retryAfter = RetryAfter(response);
        var answer = Parse(response.Content);
        if (response.Status is < 200 or >= 300) return SmsResult.Of(response.Status, null, WithoutNumber(answer?.Error?.Message, message.To), retryAfter);
        // It may have been sent: the next attempt carries the same repeatability id, so asking again is safe.
        if (answer?.Value is not [{ } recipient]) return new SmsResult.TryLater("The provider's answer is not readable.", retryAfter);
        // Without success there is nothing to wait for, whatever id is told.
        return SmsResult.Of(recipient.HttpStatusCode, recipient.Successful ? recipient.MessageId : null, WithoutNumber(recipient.ErrorMessage, message.To), retryAfter);
    }

    private static Answer? Parse(BinaryData content)
    {
        try
        {
            return JsonSerializer.Deserialize<Answer>(content, ClubJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The provider's own words end up in logs and lists, where a number must not be.</summary>
    private static string? WithoutNumber(string? error, string number) =>
        string.IsNullOrWhiteSpace(error) ? null : error.Replace(number.TrimStart('+'), "…", StringComparison.Ordinal);

    /// <summary>Seconds or a date (RFC 9110, 10.2.3).</summary>
    private TimeSpan? RetryAfter(Response response)
    {
        if (!response.Headers.TryGetValue("Retry-After", out var value)) return null;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return TimeSpan.FromSeconds(seconds);
        if (!DateTimeOffset.TryParseExact(value, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return null;
        return moment - _time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private sealed record Answer(IReadOnlyList<Recipient>? Value, Error? Error);

    private sealed record Error(string? Message);

    private sealed record Recipient(int HttpStatusCode, bool Successful, string? MessageId, string? ErrorMessage);

    private sealed class PipelineOptions : ClientOptions
    {
        public PipelineOptions()
        {
            // The club repeats an attempt on its own schedule; one try here keeps a sweep from waiting out the provider's throttle.
            Retry.MaxRetries = 0;
            Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        }
    }
}
