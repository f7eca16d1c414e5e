using System.Globalization;

namespace Club.Messaging;

/// <summary>What became of an attempt to send.</summary>
public abstract record SmsResult
{
    private SmsResult() { }

    /// <summary>The provider has it; a delivery report follows.</summary>
    public sealed record Accepted(string MessageId) : SmsResult;

    /// <summary>Final: another attempt would be refused too.</summary>
    /// <param name="Code">The provider's code: 4003 unsupported destination, 4007 opted out, or the HTTP status.</param>
    public sealed record Refused(string Code, string Reason) : SmsResult;

    /// <summary>Throttled or broken for now.</summary>
    public sealed record TryLater(string Reason, TimeSpan? RetryAfter = null) : SmsResult;

    /// <summary>
    /// Reads a recipient's HTTP status in the provider's answer, or its own code: 2xx accepted; 401 and 403 (our key), 408, 429 and 5xx
    /// later; the rest refused.
    /// </summary>
    public static SmsResult Of(int status, string? messageId, string? error, TimeSpan? retryAfter = null) => status switch
    {
        >= 200 and < 300 when !string.IsNullOrEmpty(messageId) => new Accepted(messageId),
        401 or 403 or 408 or 429 or (>= 500 and < 600) => new TryLater(error ?? Named(status), retryAfter),
        >= 200 and < 300 => new TryLater("The provider accepted the message without an id.", retryAfter),
        _ => new Refused(status.ToString(CultureInfo.InvariantCulture), error ?? Named(status)),
    };

    private static string Named(int status) => string.Create(CultureInfo.InvariantCulture, $"The provider answered {status}.");
}
