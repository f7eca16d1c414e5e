namespace Functions.Local.Topic;

/// <summary>A topic that the host has, and who takes from it.</summary>
/// <param name="Subscriptions">Name → whether it is taken from by session.</param>
public sealed record TopicSetup(string Name, IReadOnlyDictionary<string, bool> Subscriptions);

/// <summary>How a topic's subscriptions hand out messages, and how much they keep. The defaults are those of Service Bus and of the
/// club's Bicep.</summary>
public sealed record TopicPacing
{
    /// <summary>How long a message, or a session, is somebody's own before others may have it.</summary>
    public TimeSpan LockFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After so many deliveries without an end a message is dead-lettered.</summary>
    public int MaxDeliveries { get; init; } = 10;

    /// <summary>What nobody took for so long goes, dead letters too, counted from when they died.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromDays(14);

    /// <summary>What one subscription keeps, dead letters included; one that is full lets the topic take no more.</summary>
    public int MostMessages { get; init; } = 1_000_000;

    /// <summary>Likewise, in characters.</summary>
    public long MostCharacters { get; init; } = 1L << 30;

    /// <summary>How many messages of one subscription may be locked at a time.</summary>
    public int MostLocked { get; init; } = 50_000;

    /// <summary>How often is looked for what has outlived its time.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromMinutes(1);
}
