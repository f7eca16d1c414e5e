namespace Functions.Local.Amqp;

/// <summary>
/// One connection: what it was granted, and its reply links. Used by the connection's reader alone.
/// Tokens are made by the senders' clocks, so their expiry is judged by the real one, even where the club's is shifted.
/// </summary>
internal sealed class QueueClient(SocketTransport transport, QueueCrowd crowd)
{
    private readonly List<Grant> _grants = [];

    public SocketTransport Transport { get; } = transport;

    public List<CbsReplies> Replies { get; } = [];

    /// <summary>It has not shown a key yet.</summary>
    public bool IsStranger => _grants.Count == 0;

    /// <summary>A new token replaces the one it renews.</summary>
    public void Admit(Grant grant)
    {
        if (IsStranger) crowd.Admit(Transport);
        _grants.RemoveAll(g => string.Equals(g.Path, grant.Path, StringComparison.OrdinalIgnoreCase));
        _grants.Add(grant);
    }

    /// <summary>It has opened a link to a queue, so it is here to send.</summary>
    public void Attach() => crowd.Settle(Transport);

    /// <summary>The key with which it may send now; null when it may not.</summary>
    /// <param name="claim">What sending to the queue takes.</param>
    public QueueKey? SendsWith(string queue, QueueClaims claim)
    {
        var now = TimeProvider.System.GetUtcNow();
        return _grants.Find(grant => grant.Key.Permits(claim) && grant.Covers(queue, now))?.Key;
    }
}
