using Club.Kernel;
using Club.Store;

namespace Club.Outgoing;

/// <summary>
/// What is kept about the deliveries of one subscription, while one host delivers. It is opened under a lease; whatever is written goes
/// together with the cursor, so that whoever lost the lease writes nothing.
/// </summary>
internal sealed class DeliveryBook
{
    /// <summary>Longer than anything takes between two commits: <see cref="Breaker.Time"/> and the patience with one receiver.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);

    /// <summary>Room for the cursor and for lines of the log.</summary>
    private const int MostWrites = StoreLimits.WritesPerCommit - 10;

    private readonly IClubStore _store;
    private readonly ClubCalendar _calendar;
    private readonly string _partition;
    private readonly Dictionary<string, (DeliveryLog? Log, string? ETag)> _logs = new(StringComparer.Ordinal);
    private string _etag;

    private DeliveryBook(IClubStore store, ClubCalendar calendar, string partition, Stored<Cursor> cursor, ParcelShelf parcels) =>
        (_store, _calendar, _partition, Cursor, _etag, Parcels) = (store, calendar, partition, cursor.Value, cursor.ETag, parcels);

    public Cursor Cursor { get; private set; }
    public ParcelShelf Parcels { get; }

    /// <summary>Takes the lease.</summary>
    /// <returns>Null: another host has it, or the subscription is not there.</returns>
    public static async Task<DeliveryBook?> Open(IClubStore store, ClubCalendar calendar, string partition, string holder,
        CancellationToken cancellation)
    {
        var now = calendar.Now;
        if (await store.Read<Cursor>(partition, Cursor.Id, cancellation) is not { } stored) return null;
        if (stored.Value.Holder is { } other && other != holder && stored.Value.HeldUntil > now) return null;
        var held = stored.Value with { Holder = holder, HeldUntil = now + Lease };
        if (await store.Commit(partition, [held.ToReplace(stored.ETag)], cancellation) is not CommitResult.Written written) return null;
        return new DeliveryBook(store, calendar, partition, new Stored<Cursor>(held, written.ETags[0]),
            await ParcelShelf.Read(store, partition, cancellation));
    }

    /// <summary>Keeps what was done: parcels and whatever else first, the cursor and the log with the last commit. A crash between them
    /// leaves events in parcels that the cursor meets again, and there they are known.</summary>
    /// <returns>False when somebody else has changed something: the book is worth nothing any more.</returns>
    public async Task<bool> Keep(Cursor after, IReadOnlyList<DeliveryLine> lines, IReadOnlyList<Write> more, CancellationToken cancellation)
    {
        var writes = Parcels.Changes().Concat(more.Select(write => (write, (Action<string>)(_ => { })))).ToList();
        while (writes.Count > MostWrites)
        {
            if (!await Commit(Cursor, writes[..MostWrites], cancellation)) return false;
            writes.RemoveRange(0, MostWrites);
        }
        (after, var logged) = await Log(after, lines, cancellation);
        return await Commit(after, [.. writes, .. logged], cancellation);
    }

    /// <summary>Lets another host have its turn at once.</summary>
    public async Task Close(CancellationToken cancellation)
    {
        var free = Cursor with { Holder = null, HeldUntil = null };
        if (await _store.Commit(_partition, [free.ToReplace(_etag)], cancellation) is CommitResult.Written) Cursor = free;
    }

    private async Task<bool> Commit(Cursor after, IReadOnlyList<(Write Write, Action<string> Written)> writes,
        CancellationToken cancellation)
    {
        after = after with { HeldUntil = _calendar.Now + Lease };
        var committed = await _store.Commit(_partition, [after.ToReplace(_etag), .. writes.Select(one => one.Write)], cancellation);
        if (committed is not CommitResult.Written written) return false;
        (Cursor, _etag) = (after, written.ETags[0]);
        foreach (var (one, etag) in writes.Zip(written.ETags.Skip(1))) one.Written(etag);
        return true;
    }

    private async Task<(Cursor, IEnumerable<(Write, Action<string>)>)> Log(Cursor after, IReadOnlyList<DeliveryLine> lines,
        CancellationToken cancellation)
    {
        if (lines.Count == 0) return (after, []);
        DeliveryLine[] failed = [.. lines.Where(line => !line.IsTaken)];
        var writes = new List<(Write, Action<string>)>();
        writes.AddRange(await Log(false, after.Lines, lines, cancellation));
        writes.AddRange(await Log(true, after.Failures, failed, cancellation));
        return (after with { Lines = after.Lines + lines.Count, Failures = after.Failures + failed.Length }, writes);
    }

    private async Task<IReadOnlyList<(Write, Action<string>)>> Log(bool isOfFailures, long number, IReadOnlyList<DeliveryLine> lines,
        CancellationToken cancellation)
    {
        var writes = new List<(Write, Action<string>)>();
        for (var done = 0; done < lines.Count;)
        {
            var (at, first) = (number + done, (number + done) / DeliveryLog.Most * DeliveryLog.Most);
            var id = DeliveryLog.IdOf(isOfFailures, DeliveryLog.PartOf(at));
            if (!_logs.TryGetValue(id, out var kept))
                kept = await _store.Read<DeliveryLog>(_partition, id, cancellation) is { } stored ? (stored.Value, stored.ETag)
                    : (null, null);
            var room = (int)(first + DeliveryLog.Most - at);
            DeliveryLine[] added = [.. lines.Skip(done).Take(room)];
            var log = new DeliveryLog
            {
                IsOfFailures = isOfFailures, Part = DeliveryLog.PartOf(at), First = first,
                Lines = [.. kept.Log is { } before && before.First == first ? before.Lines.Take((int)(at - first)) : [], .. added],
            };
            writes.Add((log.ToWrite(kept.ETag), etag => _logs[id] = (log, etag)));
            done += added.Length;
        }
        return writes;
    }
}
