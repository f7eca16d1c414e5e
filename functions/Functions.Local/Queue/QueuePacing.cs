namespace Functions.Local.Queue;

/// <summary>How the queues hand out messages.</summary>
public sealed record QueuePacing
{
    /// <summary>The most messages of one batched call. Only first deliveries are batched.</summary>
    public int BatchSize { get; init; } = 200;

    /// <summary>Batched calls of one function at the same time.</summary>
    public int ConcurrentBatches { get; init; } = 4;

    /// <summary>Calls with a single message at the same time.</summary>
    public int ConcurrentCalls { get; init; } = 16;

    /// <summary>After this many failed deliveries a message is dead-lettered. The default of Service Bus.</summary>
    public int MaxDeliveries { get; init; } = 10;

    /// <summary>The wait after the nth failed delivery: short at first for a conflict, long enough in sum (some four minutes) to outlive a
    /// hiccup.</summary>
    public Func<int, TimeSpan> RedeliveryDelay { get; init; } = static deliveries =>
        TimeSpan.FromSeconds(Math.Min(60, 0.1 * Math.Pow(3, deliveries - 1)));

    /// <summary>How many messages of one queue are kept in memory, waiting, running or about to be repeated. The rest stay in the
    /// file.</summary>
    public int Held { get; init; } = 5000;

    /// <summary>Likewise, in characters.</summary>
    public long HeldCharacters { get; init; } = 16 * 1024 * 1024;
}
