namespace Functions.Local.Topic;

/// <content>Who has which session.</content>
internal sealed partial class Outlet
{
    /// <summary>Until when the session is its receiver's own now, in real time; null: no more.</summary>
    public DateTime? RenewSession(string session)
    {
        lock (_gate)
        {
            var line = _stock.LineOf(session);
            if (line.Lease is { IsOver: false } lease) return Extend(lease);
            _stock.Forget(line);
            return null;
        }
    }

    /// <summary>A session; null when another has it.</summary>
    public SessionLease? Accept(string session)
    {
        lock (_gate)
        {
            var line = _stock.LineOf(session);
            return line.Lease is null ? LeaseOf(line) : null;
        }
    }

    /// <summary>The next session with messages that nobody has; null when there was none in that time.</summary>
    public async Task<SessionLease?> AcceptNext(TimeSpan patience, CancellationToken gone)
    {
        var waiter = new TaskCompletionSource<SessionLease>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_waiting.Count == 0 && _stock.Offered() is { } line) return LeaseOf(line);
            _waiting.AddLast(waiter);
        }

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, gone);
        await Task.WhenAny(waiter.Task, Task.Delay(patience, waiting.Token));
        lock (_gate) _waiting.Remove(waiter);
        return waiter.Task.IsCompletedSuccessfully ? await waiter.Task : null;
    }

    /// <summary>A session that nobody came to use after all.</summary>
    public void Leave(SessionLease lease)
    {
        lock (_gate) End(lease);
        Announce();
    }

    private SessionLease LeaseOf(Line line)
    {
        var lease = new SessionLease(line);
        line.Lease = lease;
        Extend(lease);
        return lease;
    }

    private void End(SessionLease lease)
    {
        if (lease.IsOver) return;
        lease.IsOver = true;
        lease.Line.Lease = null;
        foreach (var held in lease.Held)
        {
            _held.Remove(held.Token);
            held.IsOver = true;
            GiveBack(held);
        }

        lease.Held.Clear();
        _stock.Offer(lease.Line);
        _stock.Forget(lease.Line);
    }
}
