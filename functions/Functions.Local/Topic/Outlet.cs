using System.Diagnostics.CodeAnalysis;
using Functions.Local.Queue;

namespace Functions.Local.Topic;

/// <summary>What is to become of a message.</summary>
internal enum Verdict { Complete, Abandon, DeadLetter }

/// <summary>
/// One end of a subscription at which messages are taken: its messages, or its dead letters. A message that was handed out is locked for a
/// while; then it waits again, before what came later. Locks are measured in real time: a club clock that stands still or was
/// shifted must not hold them up. What is locked is so in memory alone: after a restart everything not settled waits.
/// </summary>
internal sealed partial class Outlet(string name, Shelf shelf, bool hasSessions, QueueFile file, TopicPacing pacing, TimeProvider time,
    Outlet? dead, ILogger log) : IDisposable
{
    private const string Worn = "MaxDeliveryCountExceeded";

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Stock _stock = new(hasSessions);
    private readonly Dictionary<Guid, Held> _held = [];
    private readonly PriorityQueue<Tenure, long> _tenures = new();
    private readonly LinkedList<ITaker> _takers = [];
    private readonly LinkedList<TaskCompletionSource<SessionLease>> _waiting = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task _pump = Task.CompletedTask;
    private int _announced;

    public string Name { get; } = name;
    public Shelf Shelf { get; } = shelf;
    public bool HasSessions { get; } = hasSessions;

    /// <summary>How many it keeps.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _stock.Count;
        }
    }

    public long Characters
    {
        get
        {
            lock (_gate) return _stock.Characters;
        }
    }

    /// <summary>How many are locked.</summary>
    public int Locked
    {
        get
        {
            lock (_gate) return _held.Count;
        }
    }

    /// <summary>New messages are in the file. Called by its writer.</summary>
    public void Added(IEnumerable<ShelfItem> items)
    {
        lock (_gate)
        {
            foreach (var item in items) _stock.Add(item);
        }

        Announce();
    }

    public void Attach(ITaker taker)
    {
        lock (_gate)
        {
            if (taker.Lease is { } lease) lease.Taker = taker;
            _takers.AddLast(taker);
        }

        Announce();
    }

    /// <summary>It takes no more. What it has stays its own until the lock runs out, but for a session, which is free at once.</summary>
    public void Detach(ITaker taker)
    {
        lock (_gate)
        {
            _takers.Remove(taker);
            if (taker.Lease is { } lease) End(lease);
        }

        Announce();
    }

    /// <summary>Something has changed for those who take: credit, or a right.</summary>
    public void Announce()
    {
        if (Interlocked.Exchange(ref _announced, 1) == 0) _news.Release();
    }

    /// <summary>Returns when it is on disk.</summary>
    /// <returns>False when the lock was lost before.</returns>
    /// <exception cref="IOException">It could not be written; the message waits again.</exception>
    public async Task<bool> Settle(Guid token, Verdict verdict, string reason = "")
    {
        if (!TryTakeBack(token, out var held)) return false;
        try
        {
            if (verdict == Verdict.Complete) await Remove(held);
            else if (verdict == Verdict.DeadLetter && !Shelf.IsDead) await Bury(held, reason);
            else Return(held);
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Return(held);
            throw;
        }
    }

    /// <summary>Until when the message is its taker's own now, in real time; null: no more.</summary>
    public DateTime? Renew(Guid token)
    {
        lock (_gate)
        {
            if (!_held.TryGetValue(token, out var held) || held.Line.Lease is not null) return null;
            return Extend(held);
        }
    }

    /// <summary>Looks at messages without taking them.</summary>
    public IReadOnlyList<ShelfRow> Peek(long from, int most, string? session)
    {
        using var connection = file.Open();
        var found = new List<ShelfRow>();
        for (var looked = 0; looked < 10_000 && found.Count < most;)
        {
            var rows = Shelf.From(connection, from, Math.Min(100, session is null ? most - found.Count : 100));
            found.AddRange(rows.Where(row => session is null || row.Message.Session == session).Take(most - found.Count));
            if (rows.Count == 0) break;
            (from, looked) = (rows[^1].Row.Id + 1, looked + rows.Count);
        }

        return found;
    }

    /// <summary>Takes out what came before a moment and nobody has in hand.</summary>
    public async Task Outlive(DateTime before)
    {
        const int AtOnce = 1000;
        IReadOnlyList<ShelfItem> outlived;
        do
        {
            ShelfItem[] free;
            using (var connection = file.Open()) outlived = Shelf.Outlived(connection, before, AtOnce);
            lock (_gate)
            {
                var held = _held.Values.Select(one => one.Id).ToHashSet();
                free = [.. outlived.Where(item => !held.Contains(item.Id))];
                if (free.Length > 0) _stock.Remove(free);
            }

            if (free.Length == 0) return;
            var removal = new RemoveKept([.. free.Select(item => item.Id)], Shelf.IsDead);
            file.Enqueue(removal);
            await removal.Done;
            Log.Outlived(log, free.Length, Name);
        }
        while (outlived.Count == AtOnce);
    }

    public void Dispose()
    {
        _news.Dispose();
        _stopping.Dispose();
    }

    private bool TryTakeBack(Guid token, [NotNullWhen(true)] out Held? held)
    {
        lock (_gate)
        {
            if (!_held.Remove(token, out held)) return false;
            held.IsOver = true;
            held.Line.Lease?.Held.Remove(held);
            return true;
        }
    }

    private async Task Remove(Held held)
    {
        var removal = new RemoveKept([held.Id], Shelf.IsDead);
        file.Enqueue(removal);
        await removal.Done;
        lock (_gate) _stock.Remove(held.Line, held.Id, held.Characters);
        Announce();
    }

    private async Task Bury(Held held, string reason)
    {
        var burial = Burial(held.Id, held.Deliveries, reason);
        file.Enqueue(burial);
        await burial.Done;
        lock (_gate) _stock.Remove(held.Line, held.Id, held.Characters);
        Announce();
    }

    private BuryKept Burial(long id, int deliveries, string reason) =>
        new(Shelf.Code, id, deliveries, time.GetUtcNow().UtcDateTime, reason, (item, isWhole) =>
        {
            if (!isWhole) file.TellDamage(Name, item.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            dead!.Added([item]);
        });

    private void Return(Held held)
    {
        lock (_gate) GiveBack(held);
        Announce();
    }

    /// <summary>It waits again, or has been tried too often.</summary>
    private void GiveBack(Held held)
    {
        if (Shelf.IsDead || held.Deliveries < pacing.MaxDeliveries) _stock.Return(held.Line, held.Id);
        else _ = BuryWorn(held);
    }

    private async Task BuryWorn(Held held)
    {
        try
        {
            Log.Worn(log, Name, held.Id, held.Deliveries);
            await Bury(held, Worn);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            lock (_gate) _stock.Return(held.Line, held.Id);
        }
    }

    private DateTime Extend(Tenure tenure)
    {
        tenure.Until = Environment.TickCount64 + (long)pacing.LockFor.TotalMilliseconds;
        _tenures.Enqueue(tenure, tenure.Until);
        return tenure.UntilUtc;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The subscription {Subscription} could not hand out messages; trying again")]
        public static partial void NotHanded(ILogger logger, string subscription, Exception exception);

        [LoggerMessage(2, LogLevel.Warning,
            "Message {Id} of the subscription {Subscription} was delivered {Deliveries} times; it is dead-lettered")]
        public static partial void Worn(ILogger logger, string subscription, long id, int deliveries);

        [LoggerMessage(3, LogLevel.Warning, "{Count} messages of the subscription {Subscription} have outlived their time; they are gone")]
        public static partial void Outlived(ILogger logger, int count, string subscription);
    }
}
