using System.Diagnostics.CodeAnalysis;

namespace Club.Local.Amqp;

[Flags]
internal enum QueueClaims
{
    None = 0,
    Send = 1,
    Listen = 2,
    Manage = 4,
}

/// <summary>A named key of the queue and what it permits. As on Service Bus, Manage includes the other two.</summary>
internal sealed record QueueKey(string Name, string Key, QueueClaims Claims)
{
    public bool MaySend => (Claims & (QueueClaims.Send | QueueClaims.Manage)) != 0;

    /// <summary>The club's own work is no partner's: sending there takes Manage.</summary>
    public static QueueClaims ClaimFor(string queue) =>
        string.Equals(queue, Queue.DurableQueues.Work, StringComparison.OrdinalIgnoreCase) ? QueueClaims.Manage : QueueClaims.Send;

    public bool MaySendTo(string queue) => ClaimFor(queue) == QueueClaims.Manage ? (Claims & QueueClaims.Manage) != 0 : MaySend;

    /// <summary>Reads <c>key:Send,Listen</c>. The last colon separates, so a key may contain colons.</summary>
    public static bool TryParse(string name, string? setting, [NotNullWhen(true)] out QueueKey? key)
    {
        key = null;
        var colon = setting?.LastIndexOf(':') ?? -1;
        if (colon < 1) return false;
        var claims = QueueClaims.None;
        foreach (var word in setting![(colon + 1)..].Split(',', StringSplitOptions.TrimEntries))
        {
            var claim = word switch
            {
                nameof(QueueClaims.Send) => QueueClaims.Send,
                nameof(QueueClaims.Listen) => QueueClaims.Listen,
                nameof(QueueClaims.Manage) => QueueClaims.Manage,
                _ => QueueClaims.None,
            };
            if (claim == QueueClaims.None) return false;
            claims |= claim;
        }

        key = new QueueKey(name, setting[..colon], claims);
        return true;
    }

    /// <summary>Never the key.</summary>
    public override string ToString() => $"{Name} ({Claims})";
}
