using Club.Kernel;

namespace Club.Store;

/// <summary>How the club stands, as a probe is told.</summary>
/// <param name="OldestMessageSeconds">The age of the oldest message that waits; null when none waits, or where the queue is a service that
/// tells by itself.</param>
/// <param name="DamagedMessages">Messages found damaged since the start: a sign that the disk fails.</param>
public sealed record Health(double? OldestMessageSeconds, int DamagedMessages = 0)
{
    /// <summary>From here on messages do not merely wait: nothing works them off.</summary>
    public static readonly TimeSpan Stalled = TimeSpan.FromMinutes(15);

    public bool IsStalled => OldestMessageSeconds > Stalled.TotalSeconds;
}

/// <summary>
/// Whether the store answers and still keeps what it is given (a full disk reads on as if nothing were wrong), found out in less time than
/// a probe waits; and whether messages are worked off.
/// </summary>
public sealed class StoreHealth(IClubStore store, TimeProvider time, IEnumerable<IBacklog> backlogs)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>Probes ask more often than a write is worth.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private long _written = long.MinValue;

    /// <exception cref="StoreException">It answers wrongly, or not within a second and a half, or keeps nothing more.</exception>
    public async Task<Health> Check(CancellationToken cancellation = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await Probe(patience.Token).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new StoreException($"The store gave no answer within {Patience.TotalSeconds} seconds.");
        }
        return new Health(backlogs.Select(backlog => backlog.OldestSeconds()).Max(), backlogs.Sum(backlog => backlog.Damaged));
    }

    private async Task Probe(CancellationToken cancellation)
    {
        var before = await store.Read<StoreProbe>(StoreProbe.Id, StoreProbe.Id, cancellation);
        var last = Interlocked.Read(ref _written);
        if (last != long.MinValue && time.GetElapsedTime(last) < Between) return;
        // That another instance wrote in between is as good an answer.
        await store.Commit(StoreProbe.Id, [new StoreProbe { At = time.GetUtcNow() }.ToWrite(before?.ETag)], cancellation);
        Interlocked.Exchange(ref _written, time.GetTimestamp());
    }
}
