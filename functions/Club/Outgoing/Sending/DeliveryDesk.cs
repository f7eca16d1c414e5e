using System.Globalization;
using Club.Kernel;
using Club.Store;

namespace Club.Outgoing;

/// <summary>What staff ask and do about deliveries: the list, a replay, a dead letter sent again, a test.</summary>
public sealed class DeliveryDesk(IClubStore store, SubscriptionBook subscriptions, FeedMarkBook marks, WebhookClient client,
    OutgoingWake wake,
    ClubCalendar calendar)
{
    /// <summary>Deliveries, the latest first: attempts, or the events that wait (the next one first) or were given up.</summary>
    /// <param name="state">Null: attempts, taken or not.</param>
    /// <returns>Null when there is no such subscription.</returns>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<DeliveryView> Items, string? Continuation)?> List(string id, DeliveryState? state, int limit,
        string? continuation, CancellationToken cancellation)
    {
        if (await Read(id, cancellation) is not { } subscription) return null;
        var partition = subscription.Partition;
        switch (state)
        {
            case DeliveryState.Waiting:
                return await Page<Parcel>(partition, Parcel.DueIndex, limit, continuation, DeliveryView.Of, cancellation);
            case DeliveryState.Dead:
                return await Page<DeadEvent>(partition, DeadEvent.LatestIndex, limit, continuation, DeliveryView.Of, cancellation);
            default:
                return await Lines(partition, state, limit, continuation, cancellation);
        }
    }

    /// <summary>Sends again what was recorded from a moment on, in order, and then what follows.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>invalid-data</c>.</returns>
    public Task<Outcome<SubscriptionView>> Replay(string id, DateTimeOffset from, CancellationToken cancellation) =>
        Retry.UntilDone<Outcome<SubscriptionView>>($"Subscription {id}", async () =>
    {
        if (await Read(id, cancellation) is not { } subscription) return (Outcome<SubscriptionView>)Unknown(id);
        var now = calendar.Now;
        if (from > now)
            return (Outcome<SubscriptionView>)new Problem("invalid-data", "$.from: a moment that has passed is expected.", "$.from");
        if (await store.Read<Cursor>(subscription.Partition, Cursor.Id, cancellation) is not { } stored) return Retry.Again;
        var back = stored.Value.Back(from, await marks.Before(from, cancellation));
        if (back != stored.Value && await store.Commit(subscription.Partition, [back.ToReplace(stored.ETag)], cancellation)
            is not CommitResult.Written) return Retry.Again;
        wake.Want(true);
        return (Outcome<SubscriptionView>)SubscriptionView.Of(subscription, back, now);
    }, cancellation);

    /// <summary>Sends an event again that was given up, behind what waits of the same member.</summary>
    /// <returns>Problem <c>not-found</c>.</returns>
    public Task<Outcome<DeliveryView>> Resend(string id, string eventId, CancellationToken cancellation) =>
        Retry.UntilDone<Outcome<DeliveryView>>($"Subscription {id}", async () =>
    {
        if (await Read(id, cancellation) is not { Partition: var partition }) return (Outcome<DeliveryView>)Unknown(id);
        var place = DeadEvent.IdOf(eventId);
        if (!StoreArguments.Fits(partition, place) || await store.Read<DeadEvent>(partition, place, cancellation)
            is not { Value: var dead } stored)
            return (Outcome<DeliveryView>)Problem.NotFound($"Dead letter \"{eventId}\"");
        var shelf = await ParcelShelf.Read(store, partition, cancellation);
        shelf.Add(dead.Member, [new Waiting(dead.EventId, dead.Document)], first => first with { DueAt = calendar.Now });
        Write[] writes = [new Write.Delete(place, stored.ETag), .. shelf.Changes().Select(change => change.Write)];
        if (await store.Commit(partition, writes, cancellation) is not CommitResult.Written) return Retry.Again;
        wake.Want(true);
        return (Outcome<DeliveryView>)(DeliveryView.Of(dead) with { State = DeliveryState.Waiting, NextAt = calendar.Now });
    }, cancellation);

    /// <summary>Sends an event that says nothing, at once and once, even to a subscription that is disabled.</summary>
    /// <returns>Problem <c>not-found</c>.</returns>
    public async Task<Outcome<TestView>> Test(string id, CancellationToken cancellation)
    {
        if (await Read(id, cancellation) is not { } subscription) return Unknown(id);
        var told = new ClubEvent(Ids.Random("evt_test_"), EventTypes.Test, null, calendar.Now, [new EventDatum("subscription", id)]);
        var (line, _) = await new Courier(client, calendar, subscription).Bring(told, 1, cancellation);
        return new TestView(told.Id, line.IsTaken, line.Status == 0 ? null : line.Status, line.Error, line.Milliseconds);
    }

    private async Task<Subscription?> Read(string id, CancellationToken cancellation) =>
        await subscriptions.Read(id, cancellation) is { Value: { State: not SubscriptionState.Deleting } found } ? found : null;

    private static Problem Unknown(string id) => Problem.NotFound($"Subscription \"{id}\"");

    private async Task<(IReadOnlyList<DeliveryView>, string?)> Page<T>(string partition, string index, int limit, string? continuation,
        Func<T, DeliveryView> view, CancellationToken cancellation) where T : class, IStored<T>
    {
        var query = new IndexQuery(index, "", IndexQuery.Last, Partition: partition, Limit: limit, Continuation: continuation);
        var page = await store.Find(query, cancellation);
        return ([.. page.Documents.Select(document => view(document.As<T>()))], page.Continuation);
    }

    /// <summary>Lines of the ring, by their numbers: a page goes on below the last one that the page before had.</summary>
    private async Task<(IReadOnlyList<DeliveryView>, string?)> Lines(string partition, DeliveryState? state, int limit,
        string? continuation,
        CancellationToken cancellation)
    {
        var below = long.MaxValue;
        if (continuation is not null && !long.TryParse(continuation, NumberStyles.None, CultureInfo.InvariantCulture, out below))
            throw new ArgumentException("Not a continuation of this list.", nameof(continuation));
        var (lines, isOfFailures) = (new List<(long Number, DeliveryLine Line)>(), state == DeliveryState.Failed);
        for (var part = 0; part < DeliveryLog.Parts; part++)
            if (await store.Read<DeliveryLog>(partition, DeliveryLog.IdOf(isOfFailures, part), cancellation) is { Value: var log })
                lines.AddRange(log.Lines.Select((line, index) => (log.First + index, line)));
        var found = lines.Where(one => one.Number < below && (state is null || one.Line.IsTaken == (state == DeliveryState.Taken)))
            .OrderByDescending(one => one.Number).Take(limit + 1).ToArray();
        return ([.. found.Take(limit).Select(one => DeliveryView.Of(one.Line))],
            found.Length > limit ? found[limit - 1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }
}
