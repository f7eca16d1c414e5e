using Club.Kernel;
using Club.Store;

namespace Club.Outgoing;

/// <summary>Keeps moments of the feed. Losing one costs time, so nobody waits for a conflict.</summary>
public sealed class FeedMarkBook(IClubStore store, ClubCalendar calendar)
{
    private long _notBefore;

    /// <summary>Notes that whoever reads the feed has come to a position.</summary>
    public async Task Mark(string position, CancellationToken cancellation)
    {
        var now = calendar.Now.ToUniversalTime();
        if (now.Ticks < Interlocked.Read(ref _notBefore)) return;
        Interlocked.Exchange(ref _notBefore, (now + FeedMarks.Apart).Ticks);
        var stored = await store.Read<FeedMarks>(FeedMarks.Partition, FeedMarks.Id, cancellation);
        if (stored?.Value.Wants(now) is false) return;
        var after = (stored?.Value ?? new FeedMarks()).With(new FeedMark(now, position));
        await store.Commit(FeedMarks.Partition, [after.ToWrite(stored?.ETag)], cancellation);
    }

    /// <summary>From where everything is told that was recorded from a moment on; null: from the beginning.</summary>
    public async Task<string?> Before(DateTimeOffset from, CancellationToken cancellation) =>
        (await store.Read<FeedMarks>(FeedMarks.Partition, FeedMarks.Id, cancellation))?.Value.Before(from)?.Position;
}
