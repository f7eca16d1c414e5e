using System.Security.Cryptography;
using System.Text;
using Functions.Local.Hosting;

namespace Functions.Local.Amqp;

/// <summary>What a client has shown that it may use: <paramref name="Path"/> and what is under it (empty: all) until
/// <paramref name="Expires"/>.</summary>
internal sealed record Grant(QueueKey Key, string Path, DateTimeOffset Expires)
{
    public bool Covers(string path, DateTimeOffset now) =>
        now < Expires && (Path.Length == 0 || path.StartsWith(Path, StringComparison.OrdinalIgnoreCase)
            && (path.Length == Path.Length || path[Path.Length] == '/'));
}

/// <summary>The configured keys of the queue.</summary>
internal sealed class QueueKeys(LocalOptions options)
{
    private static readonly QueueKey Nobody = new("", Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), QueueClaims.None, []);

    private readonly Dictionary<string, QueueKey> _keys = options.QueueKeys
        .Select(pair => QueueKey.TryParse(pair.Key, pair.Value, out var key) ? key
            : throw new ArgumentException($"The key {pair.Key} was not validated."))
        .ToDictionary(key => key.Name, StringComparer.Ordinal);

    /// <summary>Null for a token that is malformed, expired, of an unknown name or signed with another key: the client learns no more than
    /// that.</summary>
    public Grant? Check(string token, DateTimeOffset now)
    {
        if (SasToken.Parse(token) is not { } sas) return null;
        var key = _keys.GetValueOrDefault(sas.KeyName, Nobody);
        return sas.IsSignedWith(key.Key) && key != Nobody && now < sas.Expires
            ? new Grant(key, QueueAddress.Path(sas.Resource), sas.Expires) : null;
    }

    /// <summary>Name and key in the clear, as SASL PLAIN carries them.</summary>
    public Grant? Check(string name, string secret)
    {
        var key = _keys.GetValueOrDefault(name, Nobody);
        var matches = CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(key.Key)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        return matches && key != Nobody ? new Grant(key, "", DateTimeOffset.MaxValue) : null;
    }
}

internal static class QueueAddress
{
    /// <summary><c>transactions</c>, <c>/transactions</c> and <c>sb://host:5672/transactions/</c> are one queue. Empty for a whole
    /// host.</summary>
    public static string Path(string address) =>
        (address.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? Uri.UnescapeDataString(uri.AbsolutePath)
            : address).Trim('/');
}
