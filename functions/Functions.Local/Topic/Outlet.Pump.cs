using Microsoft.Data.Sqlite;

namespace Functions.Local.Topic;

/// <content>The loop that hands out.</content>
internal sealed partial class Outlet
{
    /// <summary>How many one taker gets before the next has its turn.</summary>
    private const int Turn = 20;

    public void Start() => _pump = Task.Run(Pump);

    public async Task Stop()
    {
        await _stopping.CancelAsync();
        await _pump;
    }

    private async Task Pump()
    {
        using var connection = file.Open();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var (handed, resting, wait) = Take();
                foreach (var held in handed) Hand(connection, held);
                foreach (var taker in resting) taker.Rest();
                if (handed.Count == 0 && await _news.WaitAsync(wait, _stopping.Token)) Volatile.Write(ref _announced, 0);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                // What was to be handed out is locked, and waits again when the locks have run out.
                Log.NotHanded(log, Name, e);
                await Task.Delay(1000, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private (List<Held> Handed, List<ITaker> Resting, TimeSpan Wait) Take()
    {
        var (handed, resting, withdrawn) = (new List<Held>(), new List<ITaker>(), new List<Tenure>());
        TimeSpan wait;
        lock (_gate)
        {
            wait = EndOverdue(withdrawn);
            Serve();
            for (var left = _takers.Count; left > 0; left--)
            {
                var taker = _takers.First!.Value;
                _takers.RemoveFirst();
                _takers.AddLast(taker);
                if (!Take(taker, handed) && taker.IsDraining) resting.Add(taker);
            }
        }

        foreach (var tenure in withdrawn) Tell(tenure);
        if (handed.Count > 0 && !Shelf.IsDead) file.Enqueue(new CountDeliveries([.. handed.Select(held => (held.Id, held.Deliveries))]));
        return (handed, resting, wait);
    }

    /// <returns>Whether it got any.</returns>
    private bool Take(ITaker taker, List<Held> handed)
    {
        if (taker.Lease is { IsOver: true }) return false;
        var line = taker.Lease?.Line ?? _stock.Only;
        var before = handed.Count;
        while (!line.IsEmpty && handed.Count - before < Turn && _held.Count < pacing.MostLocked)
        {
            if (!Shelf.IsDead && _stock.Deliveries(line.Peek()) >= pacing.MaxDeliveries)
            {
                var (worn, deliveries) = _stock.Take(line);
                _ = BuryWorn(new Held(Guid.Empty, worn, line, taker, deliveries - 1));
                continue;
            }

            if (!taker.TryReserve()) break;
            handed.Add(LockNext(taker, line));
        }

        return handed.Count > before;
    }

    private Held LockNext(ITaker taker, Line line)
    {
        var (id, deliveries) = _stock.Take(line);
        var held = new Held(Guid.NewGuid(), id, line, taker, deliveries);
        _held.Add(held.Token, held);
        if (taker.Lease is { } lease) lease.Held.Add(held);
        else Extend(held);
        return held;
    }

    private void Hand(SqliteConnection connection, Held held)
    {
        var row = Shelf.Read(connection, held.Id);
        if (row is null)
        {
            // It has outlived its time, or was dropped, since it was counted.
            if (TryTakeBack(held.Token, out _))
            {
                lock (_gate) _stock.Remove(held.Line, held.Id, 0);
            }

            return;
        }

        held.Characters = row.Row.Body.Length;
        if (!row.Row.IsWhole)
        {
            SetAside(held);
            return;
        }

        held.Taker.Hand(held, row, ((Tenure?)held.Line.Lease ?? held).UntilUtc);
        if (held.Taker.DeletesAtOnce) _ = Forgo(held);
    }

    /// <summary>A damaged message is never handed out.</summary>
    private void SetAside(Held held)
    {
        if (!TryTakeBack(held.Token, out _)) return;
        if (Shelf.IsDead)
        {
            // It stays where it is, and is not offered again before a restart.
            file.TellDamage(Name, held.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            lock (_gate) _stock.Remove(held.Line, held.Id, held.Characters);
        }
        else
        {
            _ = BuryWorn(held);
        }
    }

    private async Task Forgo(Held held)
    {
        try
        {
            await Settle(held.Token, Verdict.Complete);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It waits again.
        }
    }

    /// <summary>What has run out waits again.</summary>
    /// <returns>The time until the next does.</returns>
    private TimeSpan EndOverdue(List<Tenure> withdrawn)
    {
        var now = Environment.TickCount64;
        while (_tenures.TryPeek(out var tenure, out var until))
        {
            // Settled meanwhile, or renewed: then it stands here once more.
            if (!tenure.IsOver && tenure.Until == until)
            {
                if (until > now) return TimeSpan.FromMilliseconds(until - now + 1);
                withdrawn.Add(tenure);
                End(tenure, withdrawn);
            }

            _tenures.Dequeue();
        }

        return Timeout.InfiniteTimeSpan;
    }

    private void End(Tenure tenure, List<Tenure> withdrawn)
    {
        switch (tenure)
        {
            case SessionLease lease:
                withdrawn.AddRange(lease.Held);
                End(lease);
                break;
            case Held held when _held.Remove(held.Token):
                held.IsOver = true;
                GiveBack(held);
                break;
        }
    }

    private static void Tell(Tenure tenure)
    {
        if (tenure is SessionLease lease) lease.Taker?.Dismiss();
        else if (tenure is Held held) held.Taker.Withdraw(held);
    }

    private void Serve()
    {
        while (_waiting.First is { } first && _stock.Offered() is { } line)
        {
            _waiting.RemoveFirst();
            var lease = LeaseOf(line);
            if (!first.Value.TrySetResult(lease)) End(lease);
        }
    }
}
