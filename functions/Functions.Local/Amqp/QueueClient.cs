using Amqp;

namespace Functions.Local.Amqp;

/// <summary>
/// One connection: what it was granted, and its reply links. Changed by the connection's reader alone.
/// Tokens are made by the clients' clocks, so their expiry is judged by the real one, even where the club's is shifted.
/// </summary>
internal sealed class QueueClient(SocketTransport transport, QueueCrowd crowd)
{
    /// <summary>How much a client may have in hand without settling it, in characters.</summary>
    private const int MostInHand = 16 * 1024 * 1024;

    /// <summary>Replaced, never changed: who receives asks from another thread.</summary>
    private Grant[] _grants = [];
    private long _inHand;

    public SocketTransport Transport { get; } = transport;

    public List<ReplyLink> Replies { get; } = [];

    /// <summary>It has not shown a key yet.</summary>
    public bool IsStranger => Volatile.Read(ref _grants).Length == 0;

    /// <summary>It takes more of what it is sent.</summary>
    public bool HasRoom => Interlocked.Read(ref _inHand) < MostInHand;

    /// <summary>A new token replaces the one it renews.</summary>
    public void Admit(Grant grant)
    {
        if (IsStranger) crowd.Admit(Transport);
        Volatile.Write(ref _grants,
            [.. _grants.Where(g => !string.Equals(g.Path, grant.Path, StringComparison.OrdinalIgnoreCase)), grant]);
    }

    /// <summary>It has opened a link to a queue or a subscription, so it is here to work.</summary>
    public void Attach() => crowd.Settle(Transport);

    /// <summary>The key with which it may send or receive now; null when it may not.</summary>
    /// <param name="claim">What it takes.</param>
    public QueueKey? With(string path, QueueClaims claim)
    {
        var now = TimeProvider.System.GetUtcNow();
        return Array.Find(Volatile.Read(ref _grants), grant => grant.Key.Permits(claim) && grant.Covers(path, now))?.Key;
    }

    /// <summary>So many characters were sent to it, or settled when it is negative.</summary>
    public void Owe(int characters) => Interlocked.Add(ref _inHand, characters);

    /// <summary>Where it wants the answer to a request; null when it has no such link.</summary>
    public ReplyLink? RepliesTo(Message request)
    {
        var replyTo = request.Properties?.ReplyTo;
        return Replies.Find(replies => replies.IsFor(replyTo));
    }
}
