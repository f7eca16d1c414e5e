using System.Diagnostics.CodeAnalysis;
using Functions.Local.Queue;

namespace Functions.Local.Amqp;

[Flags]
internal enum QueueClaims
{
    None = 0,
    Send = 1,
    Listen = 2,
    Manage = 4,
}

/// <summary>A named key of the queue and what it permits. As on Service Bus, Manage includes the other two.</summary>
/// <param name="Sources">The sources that it may send for; null for every one.</param>
internal sealed record QueueKey(string Name, string Key, QueueClaims Claims, IReadOnlyList<string>? Sources)
{
    private const string EverySource = "*";

    public bool MaySend => Permits(QueueClaims.Send);

    /// <summary>What sending to a queue takes: what the functions leave for themselves is no sender's business.</summary>
    public static QueueClaims ClaimFor(string queue, QueueNames names) => names.IsOwn(queue) ? QueueClaims.Manage : QueueClaims.Send;

    public bool Permits(QueueClaims claim) => (Claims & (claim | QueueClaims.Manage)) != 0;

    /// <summary>
    /// Reads <c>key:Send,Listen</c> and <c>key:Send:/dms/D021,/dms/D022</c>. The last part that is claims divides key and sources, so a key
    /// and a source may contain colons.
    /// </summary>
    public static bool TryParse(string name, string? setting, [NotNullWhen(true)] out QueueKey? key)
    {
        key = null;
        var parts = setting?.Split(':') ?? [];
        for (var at = parts.Length - 1; at > 0; at--)
        {
            if (ReadClaims(parts[at]) is not { } claims) continue;
            var secret = string.Join(':', parts[..at]);
            if (secret.Length == 0) return false;
            string[]? sources = null;
            if (at < parts.Length - 1)
            {
                sources = string.Join(':', parts[(at + 1)..]).Split(',', StringSplitOptions.TrimEntries);
                if (sources.Any(string.IsNullOrEmpty)) return false;
                if (sources.Contains(EverySource)) sources = null;
            }

            key = new QueueKey(name, secret, claims, sources);
            return true;
        }

        return false;
    }

    private static QueueClaims? ReadClaims(string text)
    {
        var claims = QueueClaims.None;
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var claim = word switch
            {
                nameof(QueueClaims.Send) => QueueClaims.Send,
                nameof(QueueClaims.Listen) => QueueClaims.Listen,
                nameof(QueueClaims.Manage) => QueueClaims.Manage,
                _ => QueueClaims.None,
            };
            if (claim == QueueClaims.None) return null;
            claims |= claim;
        }

        return claims;
    }

    /// <summary>Never the key.</summary>
    public override string ToString() => $"{Name} ({Claims})";
}
