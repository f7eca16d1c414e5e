using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Club.Kernel;

namespace Club.Edges.Site;

/// <summary>The three headers of a delivery, as they came.</summary>
public sealed record WebhookHeaders(string? Id, string? Timestamp, string? Signature)
{
    public const string IdName = "webhook-id";
    public const string TimestampName = "webhook-timestamp";
    public const string SignatureName = "webhook-signature";
}

/// <param name="Id">The same in every retry: the idempotency key.</param>
/// <param name="SentAt">When this attempt was sent.</param>
public sealed record WebhookDelivery(string Id, DateTimeOffset SentAt);

/// <summary>
/// Standard Webhooks 1.0.0, symmetric signatures: <c>v1,</c> and the Base64 of HMAC-SHA-256 over <c>id.timestamp.body</c>.
/// </summary>
public static class StandardWebhook
{

    /// <summary>How far a delivery's time may lie from ours, either way: what the published libraries use.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    private const string Version = "v1,";
    private const int MaxId = 256;
    private const int MaxTimestamp = 11;
    private const int MaxSignatures = 4096;

    /// <summary>
    /// Holds when any signature of the list was made with any of the secrets. Problems: <c>webhook-too-large</c>, <c>webhook-header</c>
    /// (the path names the header), <c>webhook-timestamp</c>, <c>webhook-signature</c>.
    /// </summary>
    public static Outcome<WebhookDelivery> Verify(WebhookHeaders headers, ReadOnlySpan<byte> body, IReadOnlyList<WebhookSecret> secrets,
        DateTimeOffset now)
    {
        if (body.Length > Limits.Body)
            return new Problem("webhook-too-large", $"The body is larger than {Limits.Body} bytes.") { Kind = ProblemKind.TooLarge };
        if (string.IsNullOrEmpty(headers.Id)) return Missing(WebhookHeaders.IdName);
        if (string.IsNullOrEmpty(headers.Timestamp)) return Missing(WebhookHeaders.TimestampName);
        if (string.IsNullOrEmpty(headers.Signature)) return Missing(WebhookHeaders.SignatureName);
        if (!IsId(headers.Id)) return Wrong(WebhookHeaders.IdName, $"must be at most {MaxId} printable ASCII characters without a dot");
        if (headers.Signature.Length > MaxSignatures) return Wrong(WebhookHeaders.SignatureName, "is too long");
        if (headers.Timestamp.Length > MaxTimestamp
            || !long.TryParse(headers.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return Wrong(WebhookHeaders.TimestampName, "must be whole seconds since 1970");

        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) > (long)Tolerance.TotalSeconds)
            return new Problem("webhook-timestamp",
                $"{WebhookHeaders.TimestampName} is more than {Tolerance.TotalSeconds:0} seconds away from this clock.",
                WebhookHeaders.TimestampName) { Kind = ProblemKind.Unproven };
        return AnyHolds(headers, body, secrets)
            ? new WebhookDelivery(headers.Id, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : new Problem("webhook-signature", "No signature in the list holds.",
                WebhookHeaders.SignatureName) { Kind = ProblemKind.Unproven };
    }

    /// <summary>The headers that a sender adds.</summary>
    /// <exception cref="ArgumentException">The id has a dot, is too long or not printable.</exception>
    public static WebhookHeaders Sign(string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body, WebhookSecret secret) =>
        Sign(id, timestamp, body, [secret]);

    /// <summary>The same while a secret is being changed: a signature with each.</summary>
    /// <exception cref="ArgumentException">The id has a dot, is too long or not printable.</exception>
    public static WebhookHeaders Sign(string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body, IReadOnlyList<WebhookSecret> secrets)
    {
        if (!IsId(id)) throw new ArgumentException("The id must be printable ASCII without a dot.", nameof(id));
        var seconds = timestamp.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signatures = new string[secrets.Count];
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        for (var i = 0; i < secrets.Count; i++)
        {
            Mac(secrets[i], id, seconds, body, mac);
            signatures[i] = Version + Convert.ToBase64String(mac);
        }
        return new(id, seconds, string.Join(' ', signatures));
    }

    private static bool AnyHolds(WebhookHeaders headers, ReadOnlySpan<byte> body, IReadOnlyList<WebhookSecret> secrets)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var secret in secrets)
        {
            Mac(secret, headers.Id!, headers.Timestamp!, body, expected);
            var list = headers.Signature.AsSpan();
            foreach (var range in list.Split(' '))
            {
                var signature = list[range];
                if (signature.StartsWith(Version, StringComparison.Ordinal)
                    && Convert.TryFromBase64Chars(signature[Version.Length..], given, out var length)
                    && CryptographicOperations.FixedTimeEquals(given[..length], expected)) return true;
            }
        }
        return false;
    }

    private static void Mac(WebhookSecret secret, string id, string seconds, ReadOnlySpan<byte> body, Span<byte> mac)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Key);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{seconds}."));
        hmac.AppendData(body);
        hmac.GetHashAndReset(mac);
    }

    private static bool IsId(string id) =>
        id.Length is > 0 and <= MaxId && !id.AsSpan().ContainsAnyExceptInRange('!', '~') && !id.Contains('.', StringComparison.Ordinal);

    private static Problem Missing(string header) =>
        new("webhook-header", $"The header {header} is missing.", header) { Kind = ProblemKind.Unproven };

    private static Problem Wrong(string header, string what) =>
        new("webhook-header", $"The header {header} {what}.", header) { Kind = ProblemKind.Unproven };
}
