using Club.Access;
using Club.Edges.Site;
using Club.Identity;
using Club.Kernel;
using Club.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Club.Outgoing;

/// <summary>Who is told of what: subscriptions are made, changed, disabled and deleted here.</summary>
public sealed partial class SubscriptionBook(IClubStore store, PersonKeys keys, FeedMarkBook marks, OutgoingWake wake,
    ClubCalendar calendar,
    IOptions<OutgoingOptions> options, ILogger<SubscriptionBook> logger) : IFinishes
{
    /// <summary>How long the secret before signs beside a new one.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>So many secrets sign at once.</summary>
    private const int MostSecrets = 3;

    public string DocumentId => Subscription.DocumentName;

    /// <summary>Makes a subscription, which is told of what happens from now on, or changes where one goes and what it is told.</summary>
    /// <returns>Whether it is new; then it has its secret. Problem <c>invalid-data</c>.</returns>
    public Task<Outcome<(SubscriptionView Subscription, bool IsNew)>> Put(string id, SubscriptionRequest request, Caller caller,
        CancellationToken cancellation) => Retry.UntilDone<Outcome<(SubscriptionView, bool)>>($"Subscription {id}", async () =>
    {
        if (!SubscriptionRequest.IsId(id))
            return (Outcome<(SubscriptionView, bool)>)new Problem("invalid-data", "id: 1 to 64 letters, digits, - and _ are expected.", "id");
        if (request.Unfit(options.Value.AllowPrivateAddresses) is { } unfit) return (Outcome<(SubscriptionView, bool)>)unfit;
        var (now, by) = (calendar.Now, caller.Name ?? AuditTrail.Unnamed);
        var stored = await Read(id, cancellation);
        if (stored is { Value.State: SubscriptionState.Deleting })
        {
            await End(id, cancellation);
            return Retry.Again;
        }
        if (stored is { Value: var before })
        {
            var changed = before with { Url = request.Url, Types = request.Types, ChangedAt = now, ChangedBy = by };
            return await Replace(changed, stored.ETag, cancellation)
                ? (Outcome<(SubscriptionView, bool)>)(await ViewOf(changed, cancellation), false) : Retry.Again;
        }
        var secret = WebhookSecret.New();
        var made = new Subscription
        {
            Id = id, Url = request.Url, Types = request.Types, Secrets = [new SubscriptionSecret(secret, null)], CreatedAt = now,
                ChangedAt = now,
            ChangedBy = by,
        };
        var cursor = new Cursor { Since = now, Position = await marks.Before(now, cancellation) };
        if (await store.Commit(made.Partition, [made.ToCreate(), cursor.ToCreate()], cancellation)
            is not CommitResult.Written) return Retry.Again;
        wake.Want(true);
        return (Outcome<(SubscriptionView, bool)>)(SubscriptionView.Of(made, null, now, secret), true);
    }, cancellation);

    /// <returns>Null when there is none.</returns>
    public async Task<SubscriptionView?> Find(string id, CancellationToken cancellation) =>
        await Read(id, cancellation) is { Value: { State: not SubscriptionState.Deleting } found } ? await ViewOf(found,
            cancellation) : null;

    /// <summary>Subscriptions by their ids.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<SubscriptionView> Items, string? Continuation)> List(int limit, string? continuation,
        CancellationToken cancellation)
    {
        var query = new IndexQuery(Subscription.NameIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation);
        var page = await store.Find(query, cancellation);
        var views = new List<SubscriptionView>();
        foreach (var document in page.Documents) views.Add(await ViewOf(document.As<Subscription>(), cancellation));
        return ([.. views.OrderBy(one => one.Id, StringComparer.Ordinal)], page.Continuation);
    }

    /// <summary>Those to whom events go just now.</summary>
    internal async Task<IReadOnlyList<string>> Enabled(CancellationToken cancellation)
    {
        var ids = new List<string>();
        await foreach (var document in store.FindAll(new IndexQuery(Subscription.NameIndex, "", IndexQuery.Last), cancellation))
            if (document.As<Subscription>() is { State: SubscriptionState.Enabled, Id: var id }) ids.Add(id);
        return ids;
    }

    /// <summary>A new secret signs from now on; the one before signs beside it for a day.</summary>
    /// <returns>With the new secret. Problem <c>not-found</c>.</returns>
    public Task<Outcome<SubscriptionView>> Rotate(string id, Caller caller, CancellationToken cancellation)
    {
        var secret = WebhookSecret.New();
        return Change(id, caller, secret, (one, now) => one with
        {
            Secrets =
            [
                new SubscriptionSecret(secret, null),
                .. one.Secrets.Where(old => !(old.Until <= now)).Take(MostSecrets - 1).Select(old =>
                    old with { Until = old.Until ?? now + Overlap }),
            ],
        }, cancellation);
    }

    /// <summary>Events go out again, with what happened meanwhile.</summary>
    /// <returns>Problem <c>not-found</c>.</returns>
    public Task<Outcome<SubscriptionView>> Enable(string id, Caller caller, CancellationToken cancellation) =>
        Change(id, caller, null, (one, _) => one with { State = SubscriptionState.Enabled, Why = null, DisabledAt = null }, cancellation,
            cursor => cursor with { FailingSince = null, Pauses = 0, PausedUntil = null });

    /// <returns>Problem <c>not-found</c>.</returns>
    public Task<Outcome<SubscriptionView>> Disable(string id, Caller caller, CancellationToken cancellation) =>
        Change(id, caller, null, (one, now) => one.State == SubscriptionState.Disabled ? one
            : one with { State = SubscriptionState.Disabled, Why = DisabledWhy.Staff, DisabledAt = now }, cancellation);

    /// <summary>The club itself gives up, and says so.</summary>
    internal async Task Disable(string id, DisabledWhy why, CancellationToken cancellation)
    {
        var done = await Change(id, null, null, (one, now) => one.State != SubscriptionState.Enabled ? one
            : one with { State = SubscriptionState.Disabled, Why = why, DisabledAt = now }, cancellation);
        if (done.Problem is not null) return;
        OutgoingTelemetry.CountDisabled(why);
        Log.Disabled(logger, id, why);
    }

    /// <returns>False when there was none.</returns>
    public async Task<bool> Delete(string id, Caller caller, CancellationToken cancellation)
    {
        var done = await Change(id, caller, null, (one, _) => one with { State = SubscriptionState.Deleting }, cancellation);
        if (done.Problem is not null) return false;
        await End(id, cancellation);
        return true;
    }

    public Task Finish(Document half, CancellationToken cancellation) =>
        half.As<Subscription>() is { State: SubscriptionState.Deleting, Id: var id } ? End(id, cancellation) : Task.CompletedTask;

    internal ValueTask<Stored<Subscription>?> Read(string id, CancellationToken cancellation) => SubscriptionRequest.IsId(id)
        ? store.Read<Subscription>(Subscription.PartitionOf(id), Subscription.DocumentName, cancellation)
            : new((Stored<Subscription>?)null);

    private Task<Outcome<SubscriptionView>> Change(string id, Caller? caller, string? secret, Func<Subscription, DateTimeOffset,
        Subscription> change,
        CancellationToken cancellation, Func<Cursor, Cursor>? move = null) => Retry.UntilDone<Outcome<SubscriptionView>>($"Subscription {id}", async () =>
    {
        if (await Read(id, cancellation) is not { Value: { State: not SubscriptionState.Deleting } before } stored)
            return (Outcome<SubscriptionView>)Problem.NotFound($"Subscription \"{id}\"");
        var now = calendar.Now;
        var after = change(before, now);
        if (caller is not null) after = after with { ChangedAt = now, ChangedBy = caller.Name ?? AuditTrail.Unnamed };
        var cursor = await store.Read<Cursor>(before.Partition, Cursor.Id, cancellation);
        Write[] writes = [after.ToReplace(stored.ETag), .. move is null || cursor is null ? (Write[])[]
            : [move(cursor.Value).ToReplace(cursor.ETag)]];
        if (await store.Commit(before.Partition, writes, cancellation) is not CommitResult.Written) return Retry.Again;
        if (after.State == SubscriptionState.Enabled) wake.Want(true);
        return (Outcome<SubscriptionView>)SubscriptionView.Of(after, move is null ? cursor?.Value : null, now, secret);
    }, cancellation);

    private async Task<bool> Replace(Subscription after, string etag, CancellationToken cancellation)
    {
        if (await store.Commit(after.Partition, [after.ToReplace(etag)], cancellation) is not CommitResult.Written) return false;
        wake.Want(true);
        return true;
    }

    private async Task<SubscriptionView> ViewOf(Subscription one, CancellationToken cancellation) =>
        SubscriptionView.Of(one, (await store.Read<Cursor>(one.Partition, Cursor.Id, cancellation))?.Value, calendar.Now);

    /// <summary>The cursor goes first: without it nobody writes here any more. The subscription itself goes last.</summary>
    private async Task End(string id, CancellationToken cancellation)
    {
        var partition = Subscription.PartitionOf(id);
        await Retry.UntilDone<bool>($"Subscription {id}", async () =>
        {
            if (await store.Read(partition, Cursor.Id, cancellation) is not { } cursor) return true;
            return await store.Commit(partition, [new Write.Delete(cursor.Id, cursor.ETag)], cancellation) is CommitResult.Written
                ? true : Retry.Again;
        }, cancellation);
        var parts = new IndexQuery(Subscription.PartIndex, "", IndexQuery.Last, Partition: partition, Limit: StoreLimits.WritesPerCommit);
        await Retry.UntilDone<bool>($"Subscription {id}", async () =>
        {
            while (await store.Find(parts, cancellation) is { Documents: { Count: > 0 } documents })
                if (await store.Commit(partition, [.. documents.Select(one => new Write.Delete(one.Id, one.ETag))], cancellation)
                    is not CommitResult.Written) return Retry.Again;
            return true;
        }, cancellation);
        if (await Read(id, cancellation) is { Value.State: SubscriptionState.Deleting } last)
            await store.Commit(partition, [new Write.Delete(Subscription.DocumentName, last.ETag)], cancellation);
        await keys.Drop(partition, cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "Subscription {Subscription} was disabled ({Why}): nothing goes out to it until staff enable it again.")]
        public static partial void Disabled(ILogger logger, string subscription, DisabledWhy why);
    }
}
