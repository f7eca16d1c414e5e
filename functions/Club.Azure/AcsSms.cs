using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Communication.Sms;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Club.Kernel;
using Club.Messaging;

namespace Club.Azure;

/// <summary>Text messages over Azure Communication Services. A failure of one recipient comes inside a 202.</summary>
public sealed class AcsSms : ISms
{
    private readonly AcsSmsOptions _options;
    private readonly TimeProvider _time;
    private readonly SmsClient _client;

    public AcsSms(AcsSmsOptions options, TokenCredential credential, TimeProvider time, HttpPipelineTransport? transport = null)
    {
        _options = options;
        _time = time;
        // A later version of the service may know the ids by other names; see StableRepeatability.
        var client = new SmsClientOptions(SmsClientOptions.ServiceVersion.V2021_03_07);
        // The club repeats an attempt on its own schedule; one try here keeps a sweep from waiting out the provider's throttle.
        client.Retry.MaxRetries = 0;
        client.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        client.AddPolicy(new StableRepeatability(), HttpPipelinePosition.PerCall);
        if (transport is not null) client.Transport = transport;
        _client = new SmsClient(options.Endpoint, credential, client);
    }

    public async Task<SmsResult> Send(SmsMessage message, CancellationToken cancellation)
    {
        using var scope = StableRepeatability.Of(message);
        try
        {
            var response = await _client.SendAsync(_options.From, [message.To], message.Text,
                new SmsSendOptions(enableDeliveryReport: true) { Tag = message.Tag }, cancellation);
            return Read(response, message);
        }
        catch (RequestFailedException refused) when (refused.GetRawResponse() is { } response)
        {
            return SmsResult.Of(refused.Status, null, WithoutNumber(ErrorOf(response), message.To), RetryAfter(response));
        }
        catch (Exception fault) when (fault is RequestFailedException or AuthenticationFailedException)
        {
            return new SmsResult.TryLater($"The provider could not be asked: {fault.GetType().Name}.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // It may have been sent: the next attempt carries the same repeatability id, so asking again is safe.
            return new SmsResult.TryLater("The provider's answer is not readable.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SmsResult.TryLater("The provider did not answer in time.");
        }
    }

    private SmsResult Read(Response<IReadOnlyList<SmsSendResult>> response, SmsMessage message)
    {
        var retryAfter = RetryAfter(response.GetRawResponse());
        if (response.Value is not [{ } recipient]) return new SmsResult.TryLater("The provider's answer is not readable.", retryAfter);
        // Without success there is nothing to wait for, whatever id is told.
        return SmsResult.Of(recipient.HttpStatusCode, recipient.Successful ? recipient.MessageId : null,
            WithoutNumber(recipient.ErrorMessage, message.To), retryAfter);
    }

    private static string? ErrorOf(Response response)
    {
        try
        {
            return JsonSerializer.Deserialize<Answer>(response.Content, ClubJson.Options)?.Error?.Message;
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
        if (!DateTimeOffset.TryParseExact(value, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return null;
        return moment - _time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private sealed record Answer(Error? Error);

    private sealed record Error(string? Message);
}
