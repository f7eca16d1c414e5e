using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Functions.Local.Amqp;

/// <summary>
/// A Service Bus shared access signature: <c>SharedAccessSignature sr={resource}&amp;sig={signature}&amp;se={expiry}&amp;skn={key
/// name}</c>. The signature is HMAC-SHA-256 over <c>sr + "\n" + se</c>, with <c>sr</c> exactly as sent.
/// </summary>
internal sealed record SasToken(string Resource, string KeyName, DateTimeOffset Expires, byte[] Signature, string Signed)
{
    private const string Scheme = "SharedAccessSignature ";

    public static SasToken? Parse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal)) return null;
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text[Scheme.Length..].Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !parts.TryAdd(part[..equals], part[(equals + 1)..])) return null;
        }

        if (!parts.TryGetValue("sr", out var resource) || !parts.TryGetValue("sig", out var signature)
            || !parts.TryGetValue("se", out var expiry) || !parts.TryGetValue("skn", out var name)) return null;
        if (!long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return null;
        var bytes = new byte[32];
        if (!Convert.TryFromBase64String(Uri.UnescapeDataString(signature), bytes, out var length) || length != bytes.Length) return null;
        return new SasToken(
            Uri.UnescapeDataString(resource), Uri.UnescapeDataString(name), DateTimeOffset.FromUnixTimeSeconds(seconds), bytes,
            resource + "\n" + expiry);
    }

    /// <summary>A token for <paramref name="resource"/>, as a client makes it.</summary>
    public static string Create(string resource, string keyName, string key, DateTimeOffset expires)
    {
        var sr = Uri.EscapeDataString(resource);
        var se = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var sig = Uri.EscapeDataString(Convert.ToBase64String(Sign(key, sr + "\n" + se)));
        return $"{Scheme}sr={sr}&sig={sig}&se={se}&skn={Uri.EscapeDataString(keyName)}";
    }

    public bool IsSignedWith(string key) => CryptographicOperations.FixedTimeEquals(Sign(key, Signed), Signature);

    private static byte[] Sign(string key, string text) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text));
}
