using System.Diagnostics;
using Club.Kernel;
using Club.Store;
using Microsoft.Extensions.Logging;

namespace Club.Outgoing;

/// <summary>
/// Tells a topic all that happens, along the feed, as a subscription is told: in order per member, at least once. A topic that takes
/// nothing
/// has a rest, and the cursor stays; nothing is ever given up.
/// </summary>
public sealed partial class TopicTeller(IClubStore store, IEnumerable<ITopic> topics, FeedMarkBook marks, Holder holder,
    ClubCalendar calendar, ILogger<TopicTeller> logger)
{
    public const string Partition = "eventTopic";

    private const int PageSize = 200;
    private const int MostUnmarked = 1000;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(5);

    private readonly ITopic? _topic = topics.LastOrDefault();
    private int _isTelling;

    public bool IsThere => _topic is not null;

    /// <summary>Tells for a while.</summary>
    /// <returns>When to come again; null: when something happens.</returns>
    public async Task<DateTimeOffset?> Run(CancellationToken cancellation)
    {
        if (_topic is null) return null;
        if (Interlocked.Exchange(ref _isTelling, 1) == 1) return calendar.Now + Held;
        try
        {
            return await Tell(_topic, cancellation);
        }
        finally
        {
            Volatile.Write(ref _isTelling, 0);
        }
    }

    private async Task<DateTimeOffset?> Tell(ITopic topic, CancellationToken cancellation)
    {
        await Begin(cancellation);
        if (await DeliveryBook.Open(store, calendar, Partition, holder.Name, cancellation) is not { } book) return calendar.Now + Held;
        try
        {
            if (book.Cursor.PausedUntil is { } paused && paused > calendar.Now) return paused;
            return await Tell(topic, book, cancellation);
        }
        finally
        {
            await book.Close(CancellationToken.None);
        }
    }

    private async Task<DateTimeOffset?> Tell(ITopic topic, DeliveryBook book, CancellationToken cancellation)
    {
        var (started, position, unmarked) = (Stopwatch.GetTimestamp(), book.Cursor.Position, 0);
        while (Stopwatch.GetElapsedTime(started) < Turn)
        {
            var page = await store.Changes(position, PageSize, cancellation);
            if (page.Documents.Count == 0)
            {
                var isFirst = book.Cursor.Since is not null;
                return !isFirst || await Keep(book, position, null, cancellation) ? null : calendar.Now;
            }
            var events = Told(page.Documents, book.Cursor.Since);
            if (events.Count > 0 && await Send(topic, book, events, cancellation) is { } paused) return paused;
            (position, unmarked) = (page.Bookmark, unmarked + page.Documents.Count);
            await marks.Mark(position, cancellation);
            if (events.Count == 0 && unmarked < MostUnmarked) continue;
            unmarked = 0;
            if (!await Keep(book, position, book.Cursor.Since, cancellation)) return calendar.Now;
        }
        return calendar.Now;
    }

    /// <returns>Until when the topic has a rest; null: it took them.</returns>
    private async Task<DateTimeOffset?> Send(ITopic topic, DeliveryBook book, List<TopicEvent> events,
        CancellationToken cancellation)
    {
        try
        {
            await topic.Send(events, cancellation);
            OutgoingTelemetry.Count("topic", events.Count);
            return null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            Log.NotTaken(logger, fault);
            var until = calendar.Now + DeliveryRules.Pause(book.Cursor.Pauses + 1, null);
            var after = book.Cursor with
            {
                Pauses = book.Cursor.Pauses + 1, PausedUntil = until, FailingSince = book.Cursor.FailingSince ?? calendar.Now,
            };
            await book.Keep(after, [], [], cancellation);
            return until;
        }
    }

    private static List<TopicEvent> Told(IReadOnlyList<Document> page, DateTimeOffset? since)
    {
        var events = new List<TopicEvent>();
        foreach (var documents in page.Where(document => document.Type is "entry" or "event").GroupBy(document => document.Partition))
            foreach (var document in EventRules.InOrder([.. documents]))
                if (!(EventRules.RecordedAt(document) < since) && EventRules.Of(document) is { } told)
                    events.Add(new TopicEvent(told.Id, told.Type, told.MemberId!.Value, told.ToJson()));
        return events;
    }

    private static Task<bool> Keep(DeliveryBook book, string? position, DateTimeOffset? since, CancellationToken cancellation) =>
        book.Keep(book.Cursor with { Position = position, Since = since, Pauses = 0, PausedUntil = null, FailingSince = null }, [], [],
            cancellation);

    /// <summary>The topic is told what happens from the moment on at which this was first called.</summary>
    public async Task Begin(CancellationToken cancellation)
    {
        if (_topic is null || await store.Read(Partition, Cursor.Id, cancellation) is not null) return;
        var cursor = new Cursor { Since = calendar.Now, Position = await marks.Before(calendar.Now, cancellation) };
        await store.Commit(Partition, [cursor.ToCreate()], cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The topic took no events; they are sent again.")]
        public static partial void NotTaken(ILogger logger, Exception fault);
    }
}
