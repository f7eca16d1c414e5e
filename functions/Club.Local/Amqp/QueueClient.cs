namespace Club.Local.Amqp;

/// <summary>
/// One connection: what it was granted, and its reply links. Used by the connection's reader alone.
/// Tokens are made by the senders' clocks, so their expiry is judged by the real one, even where the club's is shifted.
/// </summary>
internal sealed class QueueClient
{
    private readonly List<Grant> _grants = [];

    public List<CbsReplies> Replies { get; } = [];

    /// <summary>A new token replaces the one it renews.</summary>
    public void Admit(Grant grant)
    {
        _grants.RemoveAll(g => string.Equals(g.Path, grant.Path, StringComparison.OrdinalIgnoreCase));
        _grants.Add(grant);
    }

    public bool MaySend(string queue)
    {
        var now = TimeProvider.System.GetUtcNow();
        return _grants.Exists(grant => grant.Key.MaySendTo(queue) && grant.Covers(queue, now));
    }
}
