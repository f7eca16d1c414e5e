using Club.Kernel;

namespace Club.Edges.Site;

/// <summary>A Standard Webhooks secret: <c>whsec_</c> and the Base64 of 24 to 64 bytes.</summary>
public sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int MinBytes = 24;
    private const int MaxBytes = 64;
    private const int NewBytes = 32;

    internal WebhookSecret(byte[] key) => Key = key;

    internal byte[] Key { get; }

    /// <summary>A new secret, as it is written.</summary>
    public static string New() => Prefix + Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(NewBytes));

    /// <summary>Problem: <c>webhook-secret</c>; it never repeats the secret.</summary>
    public static Outcome<WebhookSecret> Parse(string? text)
    {
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal)) return Wrong($"the secret must start with {Prefix}.");
        var key = new byte[text.Length];
        if (!Convert.TryFromBase64String(text[Prefix.Length..], key, out var length))
            return Wrong($"the secret must be Base64 after {Prefix}.");
        if (length is < MinBytes or > MaxBytes) return Wrong($"the secret must have {MinBytes} to {MaxBytes} bytes, not {length}.");
        return new WebhookSecret(key[..length]);
    }

    private static Problem Wrong(string message) => new("webhook-secret", message);
}
