namespace Functions.Local.Topic;

/// <summary>A subscription: its messages, and those that died.</summary>
internal sealed record Subscription(string Name, bool HasSessions, Outlet Messages, Outlet Dead)
{
    /// <summary>What stands behind a subscription's name for its dead letters.</summary>
    public const string DeadPath = "$DeadLetterQueue";

    public int Count => Messages.Count + Dead.Count;

    public long Characters => Messages.Characters + Dead.Characters;
}

/// <summary>How a subscription stands. No bodies.</summary>
internal sealed record SubscriptionOverview(string Subscription, bool HasSessions, int Active, int Locked, int DeadLettered,
    long Characters);
