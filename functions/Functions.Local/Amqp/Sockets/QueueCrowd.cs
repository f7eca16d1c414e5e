using System.Net;

namespace Functions.Local.Amqp;

/// <summary>How many clients the queue bears, and for how long.</summary>
internal sealed record QueueLimits
{
    /// <summary>Clients that have shown a valid key.</summary>
    public int MostClients { get; init; } = 1000;

    /// <summary>Clients that have not yet.</summary>
    public int MostStrangers { get; init; } = 2000;

    /// <summary>Of these, from one address.</summary>
    public int MostStrangersOfAnAddress { get; init; } = 1200;

    /// <summary>The time from the connection to its first link to a queue, a valid token before it.</summary>
    public TimeSpan UntilSettled { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time in which a client must take what is sent to it.</summary>
    public TimeSpan UntilRead { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>
/// Everybody who is connected. Whoever has shown no key stands at the door, where the one who has been silent for longest makes room for
/// the newest: so silent clients take the place of each other, not that of a partner who is just about to show his key.
/// </summary>
internal sealed class QueueCrowd(QueueLimits limits)
{
    private const long TimeToSpeak = 1000;

    private readonly Lock _gate = new();
    private readonly HashSet<SocketTransport> _all = [];
    private readonly HashSet<SocketTransport> _unsettled = [];
    private readonly Dictionary<IPAddress, HashSet<SocketTransport>> _strangers = [];
    private int _strangerCount;

    public int Count
    {
        get
        {
            lock (_gate) return _all.Count;
        }
    }

    /// <returns>Who has to leave for it; the newcomer itself when there are too many clients with a key.</returns>
    public SocketTransport? Enter(SocketTransport newcomer)
    {
        lock (_gate)
        {
            if (_all.Count - _strangerCount >= limits.MostClients) return newcomer;
            _all.Add(newcomer);
            _unsettled.Add(newcomer);
            if (!_strangers.TryGetValue(newcomer.Address, out var here)) _strangers[newcomer.Address] = here = [];
            here.Add(newcomer);
            _strangerCount++;
            if (here.Count > limits.MostStrangersOfAnAddress) return Least(here, newcomer);
            return _strangerCount > limits.MostStrangers ? Least(_strangers.Values.SelectMany(strangers => strangers), newcomer) : null;
        }
    }

    /// <summary>It has shown a valid key.</summary>
    public void Admit(SocketTransport transport)
    {
        lock (_gate) ForgetStranger(transport);
    }

    /// <summary>It has a link to a queue; from now on AMQP's own idle time-out watches over it.</summary>
    public void Settle(SocketTransport transport)
    {
        lock (_gate) _unsettled.Remove(transport);
    }

    public void Leave(SocketTransport transport)
    {
        lock (_gate)
        {
            _all.Remove(transport);
            _unsettled.Remove(transport);
            ForgetStranger(transport);
        }
    }

    /// <summary>Who has taken too long: to show a key and open a link, or to take what was sent.</summary>
    public IReadOnlyList<SocketTransport> Overdue(long now)
    {
        lock (_gate)
        {
            var (settled, read) = (now - (long)limits.UntilSettled.TotalMilliseconds, now - (long)limits.UntilRead.TotalMilliseconds);
            return [.. _unsettled.Where(t => t.Since < settled)
                .Union(_all.Where(t => t.SendingSince is > 0 and var since && since < read))];
        }
    }

    public IReadOnlyList<SocketTransport> Everybody()
    {
        lock (_gate) return [.. _all];
    }

    /// <summary>Who had time to speak and never said a word has the least claim to his place, then who said nothing for longest; the
    /// newcomer has one.</summary>
    private static SocketTransport? Least(IEnumerable<SocketTransport> strangers, SocketTransport newcomer) => strangers
        .Where(stranger => stranger != newcomer)
        .MinBy(stranger => stranger.HasSpoken || newcomer.Since - stranger.Since < TimeToSpeak ? stranger.LastHeard
            : stranger.LastHeard - long.MaxValue / 2);

    private void ForgetStranger(SocketTransport transport)
    {
        if (!_strangers.TryGetValue(transport.Address, out var here) || !here.Remove(transport)) return;
        _strangerCount--;
        if (here.Count == 0) _strangers.Remove(transport.Address);
    }
}
