using Club.Kernel;
using Club.Store;

namespace Club.Outgoing;

internal enum RoundStep
{
    /// <summary>There may be more to do.</summary>
    More,

    /// <summary>Nothing is to be done now.</summary>
    Done,

    /// <summary>Somebody else has changed something: what is known is to be read again.</summary>
    Lost,
}

/// <summary>
/// Delivers for one subscription, step by step: what waits and is due, then the next page of the feed. A step is kept before the next one
/// begins; what a crash undoes is sent again.
/// </summary>
internal sealed class Round(IClubStore store, FeedMarkBook marks, ClubCalendar calendar, DeliveryBook book, Subscription subscription,
    Courier courier, int atOnce)
{
    private const int PageSize = 400;

    /// <summary>Members whose parcels are taken up together; each writes three documents at most.</summary>
    private const int Parcels = 25;

    /// <summary>So many documents of which nobody is told are read again rather than told by a commit.</summary>
    private const int MostUnmarked = 1000;

    private readonly HashSet<string> _ahead = [.. book.Cursor.Ahead];
    private string? _position = book.Cursor.Position;
    private DateTimeOffset? _seenTo = book.Cursor.SeenTo;
    private int _unmarked;

    /// <summary>Why the subscription is to be disabled; null: it is not.</summary>
    public DisabledWhy? Disable { get; private set; }

    public async Task<RoundStep> Go(CancellationToken cancellation)
    {
        if (book.Cursor.PausedUntil > calendar.Now) return RoundStep.Done;
        if (book.Parcels.Due(calendar.Now, Parcels) is { Count: > 0 } due) return await Retry(due, cancellation);
        var page = await store.Changes(_position, PageSize, cancellation);
        await Mark(page, cancellation);
        if (page.Documents.Count == 0) return await Head(cancellation);
        var members = Told(page.Documents);
        var seenTo = SeenTo(page.Documents);
        if (members.Count > 0) return await Send(page.Bookmark, seenTo, members, cancellation);
        _unmarked += page.Documents.Count;
        (_position, _seenTo) = (page.Bookmark, seenTo);
        return _unmarked < MostUnmarked ? RoundStep.More : await Keep(Moved(book.Cursor), [], [], cancellation);
    }

    /// <summary>Who is told what of a page, members in the order of their first event.</summary>
    private List<Bundle> Told(IReadOnlyList<Document> page)
    {
        var members = new List<Bundle>();
        foreach (var documents in page.Where(IsTold).GroupBy(document => document.Partition))
        {
            var events = new List<ToldEvent>();
            foreach (var document in EventRules.InOrder([.. documents]))
            {
                if (EventRules.Of(document) is not { } told || !EventTypes.Cover(subscription.Types, told.Type)) continue;
                if (_ahead.Contains(told.Id) || book.Cursor.Since is { } since && EventRules.RecordedAt(document) < since) continue;
                events.Add(new ToldEvent(told, document.Id));
            }
            if (events.Count > 0) members.Add(new Bundle(documents.Key, events, 0));
        }
        return members;
    }

    private DateTimeOffset? SeenTo(IReadOnlyList<Document> page)
    {
        var (latest, now) = (_seenTo, calendar.Now);
        foreach (var document in page.Where(IsTold))
            if (EventRules.RecordedAt(document) is var at && !(latest >= at)) latest = at < now ? at : now;
        return latest;
    }

    private static bool IsTold(Document document) => document.Type is "entry" or "event";

    private async Task<RoundStep> Send(string bookmark, DateTimeOffset? seenTo, List<Bundle> members,
        CancellationToken cancellation)
    {
        var (breaker, most) = Careful();
        var batch = new Batch(courier, breaker, most);
        var results = await batch.Send([.. members.Where(one => !book.Parcels.Has(one.Member))], cancellation);
        var now = calendar.Now;
        // Whoever waits already goes on waiting, with this behind.
        foreach (var (member, events, _) in members.Where(one => book.Parcels.Has(one.Member)).ToArray())
        {
            book.Parcels.Add(member, events.Select(one => one.Waiting), first => first);
            _ahead.UnionWith(events.Select(one => one.Event.Id));
        }
        var isWhole = true;
        foreach (var result in results)
        {
            _ahead.UnionWith(result.Taken.Select(one => one.Event.Id));
            if (result.Failed is { } failed)
            {
                book.Parcels.Add(result.Member, [failed.Waiting, .. result.Left.Select(one => one.Waiting)],
                    first => After(first with { FirstAt = now }, 1, result.Status, now)!);
                _ahead.Add(failed.Event.Id);
                _ahead.UnionWith(result.Left.Select(one => one.Event.Id));
            }
            else if (result.Left.Count > 0) isWhole = false;
        }
        if (isWhole) (_position, _seenTo) = (bookmark, seenTo);
        return await End(breaker, isWhole ? Moved(book.Cursor) : book.Cursor with { Ahead = [.. _ahead] }, batch.Lines, [], cancellation);
    }

    private async Task<RoundStep> Retry(IReadOnlyList<Parcel> due, CancellationToken cancellation)
    {
        var (breaker, most) = Careful();
        var batch = new Batch(courier, breaker, most);
        var read = await Task.WhenAll(due.Select(async parcel => (parcel, Events: await Read(parcel, cancellation))));
        var results = await batch.Send([.. read.Select(one => new Bundle(one.parcel.Member, one.Events, one.parcel.Attempts))],
            cancellation);
        var (now, dead) = (calendar.Now, new List<Write>());
        foreach (var result in results)
        {
            var parcel = due.First(one => one.Member == result.Member);
            // A document that is not there any more is told no more.
            Waiting[] left = [.. result.Left.Select(one => one.Waiting)];
            if (result.Failed is not { } failed)
            {
                var isFirst = result.Taken.Count == 0 && left.Length > 0;
                book.Parcels.Put(isFirst ? parcel with { Events = left } : parcel with { Events = left, Attempts = 0, FirstAt = null },
                    now);
                continue;
            }
            var tried = result.Taken.Count == 0 ? parcel : parcel with { Attempts = 0, FirstAt = now };
            var waiting = After(tried with { FirstAt = tried.FirstAt ?? now, Events = [failed.Waiting, .. left] }, tried.Attempts + 1,
                result.Status, now);
            if (waiting is null) dead.Add(await Bury(Dead(parcel, failed, result.Status, tried.Attempts + 1, now), cancellation));
            book.Parcels.Put(waiting ?? parcel with { Events = left, Attempts = 0, FirstAt = null, DueAt = now }, now);
        }
        return await End(breaker, book.Cursor, batch.Lines, dead, cancellation);
    }

    /// <summary>A receiver that took nothing is tried with one event first.</summary>
    private (Breaker Breaker, int AtOnce) Careful() =>
        book.Cursor.Pauses > 0 ? (new Breaker(1), 1) : (new Breaker(DeliveryRules.Rest), atOnce);

    /// <summary>The parcel after another failure of its first event; null: that one is given up.</summary>
    private static Parcel? After(Parcel parcel, int attempts, int status, DateTimeOffset now) =>
        DeliveryRules.Next(parcel.Events[0].EventId, attempts, parcel.FirstAt!.Value, now) is { } next
            ? parcel with { Attempts = attempts, Status = status, DueAt = next } : null;

    private DeadEvent Dead(Parcel parcel, ToldEvent failed, int status, int attempts, DateTimeOffset now) => new()
    {
        SubscriptionId = subscription.Id, EventId = failed.Event.Id, Member = parcel.Member, Document = failed.Document,
        Type = failed.Event.Type, At = now, Attempts = attempts, Status = status, ForgetOn = calendar.Today.AddDays(DeadEvent.Days),
    };

    /// <summary>An event that is sent again in a replay may be given up twice.</summary>
    private async Task<Write> Bury(DeadEvent dead, CancellationToken cancellation) =>
        dead.ToWrite((await store.Read(subscription.Partition, dead.DocumentId, cancellation))?.ETag);

    private async Task<IReadOnlyList<ToldEvent>> Read(Parcel parcel, CancellationToken cancellation)
    {
        var events = new List<ToldEvent>();
        foreach (var one in parcel.Events)
            if (await store.Read(parcel.Member, one.Document, cancellation) is { } document && EventRules.Of(document) is { } told)
                events.Add(new ToldEvent(told, one.Document));
        return events;
    }

    /// <summary>What the batch says of the receiver is kept with what was done.</summary>
    private async Task<RoundStep> End(Breaker breaker, Cursor after, IReadOnlyList<DeliveryLine> lines, List<Write> more,
        CancellationToken cancellation)
    {
        var now = calendar.Now;
        if (breaker.HasTaken) after = after with { FailingSince = null, Pauses = 0, PausedUntil = null };
        else if (breaker.HasFailed) after = after with { FailingSince = after.FailingSince ?? now };
        if (breaker.IsTripped)
            after = after with { Pauses = after.Pauses + 1, PausedUntil = now + DeliveryRules.Pause(after.Pauses + 1, breaker.Asked) };
        if (breaker.IsGone) Disable = DisabledWhy.Gone;
        else if (DeliveryRules.IsFailingTooLong(after.FailingSince, now)) Disable = DisabledWhy.Failing;
        foreach (var (result, count) in lines.CountBy(line => line.IsTaken ? "taken" : "failed")) OutgoingTelemetry.Count(result, count);
        if (more.Count > 0) OutgoingTelemetry.Count("dead", more.Count);
        var step = await Keep(after, lines, more, cancellation);
        return Disable is null || step == RoundStep.Lost ? step : RoundStep.Done;
    }

    private async Task<RoundStep> Keep(Cursor after, IReadOnlyList<DeliveryLine> lines, List<Write> more,
        CancellationToken cancellation) => await book.Keep(after, lines, more, cancellation) ? RoundStep.More : RoundStep.Lost;

    private Cursor Moved(Cursor cursor)
    {
        _unmarked = 0;
        _ahead.Clear();
        return cursor with { Position = _position, SeenTo = _seenTo, Ahead = [] };
    }

    /// <summary>Everything was told: what happens from here on is, whenever it is dated.</summary>
    private async Task<RoundStep> Head(CancellationToken cancellation)
    {
        if (book.Cursor.Since is null) return RoundStep.Done;
        _seenTo = calendar.Now;
        var step = await Keep(Moved(book.Cursor) with { Since = null }, [], [], cancellation);
        return step == RoundStep.Lost ? step : RoundStep.Done;
    }

    private async Task Mark(ChangePage page, CancellationToken cancellation)
    {
        if (_position is null || page.Documents.Count > 0 && page.Documents.Count < PageSize) return;
        await marks.Mark(_position, cancellation);
    }
}
