using Club.Kernel;
using Microsoft.Extensions.Options;

namespace Club.Store;

/// <summary>What was promised of a thing, and what others have of it.</summary>
public readonly record struct Allotment(long Granted, long UsedByOthers);

/// <summary>
/// What many share and must not be oversold: a campaign's budget, a gift's stock. It is promised to a cause before the cause is booked; a
/// crash between the two leaves a promise that the next try of the same cause takes up. Amounts are whole numbers of the thing's smallest
/// unit.
/// </summary>
/// <remarks>
/// With shards, each promises from a quota that it leases from the whole in the way a cause is promised something: all quotas together are
/// never more than the whole. When the whole has no more, what other shards have left is taken.
/// </remarks>
public sealed class Allotments(IClubStore store, IOptions<AllotmentOptions> options)
{
    /// <summary>A shard leases so many parts of what it would have in an even division, so that the last of a thing is not kept where
    /// nobody asks.</summary>
    private const int LeasesPerShard = 8;

    private int Shards => options.Value.Shards;

    /// <summary>Promises as much of the wanted as is left. A cause that asks again gets its promise adjusted, never a second one.</summary>
    /// <param name="what">The thing; part of a partition's name.</param>
    /// <param name="total">How much of it there is. With shards, a total that was lowered holds for what they have not leased yet.</param>
    /// <exception cref="StoreException">Too many others were promised something meanwhile.</exception>
    public async Task<Allotment> Promise(string what, string cause, long wanted, long total, CancellationToken cancellation)
    {
        if (Shards == 1) return (await Take(HeadOf(what), cause, wanted, total, cancellation)).Allotment;
        var own = ShardOf(cause);
        var (taken, isElsewhere) = (default(Allotment), false);
        var mayLease = true;
        // Others of this shard may have been quicker with what was leased.
        do
        {
            mayLease = mayLease && await Lease(what, own, cause, wanted, total, cancellation);
            (taken, isElsewhere) = await Take(PartitionOf(what, own), cause, wanted, null, cancellation, isElsewhere: !mayLease);
        } while (taken.Granted < wanted && mayLease);
        var granted = taken.Granted;
        // Where it has more than it wants by now, what it was promised elsewhere is given back.
        for (var next = 1; next < Shards && isElsewhere; next++)
            granted += (await Take(PartitionOf(what, (own + next) % Shards), cause, wanted - granted, null,
                cancellation)).Allotment.Granted;
        return new Allotment(granted, granted == wanted ? 0 : Math.Max(0, total - granted));
    }

    /// <summary>Promises all of the wanted, or nothing: whoever asks for more than is left keeps nothing from those who ask for less, and
    /// what a cause has already it keeps.</summary>
    /// <returns>Null: it is promised. Otherwise how much more there was.</returns>
    /// <exception cref="StoreException">Too many others were promised something meanwhile.</exception>
    public async Task<long?> PromiseAll(string what, string cause, long wanted, long total, CancellationToken cancellation)
    {
        if (Shards == 1) return await PromiseUndivided(what, cause, wanted, total, cancellation);
        var (before, left) = (await Promised(what, cause, cancellation), Math.Max(0, total - await Used(what, cancellation)));
        if (wanted - before > left) return left;
        var granted = (await Promise(what, cause, wanted, total, cancellation)).Granted;
        if (granted >= wanted) return null;
        // Others were quicker with what was left.
        await Promise(what, cause, before, total, cancellation);
        return Math.Max(0, granted - before);
    }

    /// <summary>The same of a thing that is never spread over shards: its total may fall, and then holds for all that is left of
    /// it.</summary>
    /// <inheritdoc cref="PromiseAll"/>
    public Task<long?> PromiseUndivided(string what, string cause, long wanted, long total, CancellationToken cancellation) =>
        Retry.UntilDone<long?>(HeadOf(what), async () =>
        {
            var state = await store.Read<AllotmentState>(HeadOf(what), AllotmentState.Id, cancellation);
            var promise = await store.Read<Promise>(HeadOf(what), Store.Promise.IdOf(cause), cancellation);
            var (before, used) = (promise?.Value ?? new Promise { Cause = cause, Amount = 0 }, state?.Value.Used ?? 0);
            if (wanted == before.Amount) return (long?)null;
            if (wanted > before.Amount && wanted - before.Amount > total - used) return (long?)Math.Max(0, total - used);
            Write[] writes = [(before with { Amount = wanted }).ToWrite(promise?.ETag),
                ((state?.Value ?? new()) with { Used = used - before.Amount + wanted }).ToWrite(state?.ETag)];
            return await store.Commit(HeadOf(what), writes, cancellation) is CommitResult.Written ? (long?)null : Retry.Again;
        }, cancellation);

    /// <summary>The cause ended otherwise: what it was promised is there for others.</summary>
    public async Task GiveBack(string what, string cause, CancellationToken cancellation)
    {
        await Take(HeadOf(what), cause, 0, long.MaxValue, cancellation);
        if (Shards == 1) return;
        for (var shard = 0; shard < Shards; shard++) await Take(PartitionOf(what, shard), cause, 0, null, cancellation);
    }

    /// <summary>How much is promised to one cause.</summary>
    public async Task<long> Promised(string what, string cause, CancellationToken cancellation)
    {
        IEnumerable<string> places = Shards == 1 ? [HeadOf(what)] : [HeadOf(what), .. Enumerable.Range(0, Shards).Select(shard =>
            PartitionOf(what, shard))];
        var promised = 0L;
        foreach (var place in places)
            promised += (await store.Read<Promise>(place, Store.Promise.IdOf(cause), cancellation))?.Value.Amount ?? 0;
        return promised;
    }

    /// <summary>How much is promised to all causes, as far as it can be told while others are promised something. What shards hold that are
    /// no longer set counts as used.</summary>
    public async Task<long> Used(string what, CancellationToken cancellation)
    {
        var free = 0L;
        for (var shard = 0; shard < Shards && Shards > 1; shard++)
            if ((await store.Read<AllotmentState>(PartitionOf(what, shard), AllotmentState.Id, cancellation))?.Value is { } state)
                free += state.Quota - state.Used;
        var head = (await store.Read<AllotmentState>(HeadOf(what), AllotmentState.Id, cancellation))?.Value;
        return Math.Max(0, (head?.Used ?? 0) - free);
    }

    /// <param name="total">How much there is in this place; null: the quota that it has leased.</param>
    /// <param name="isElsewhere">What is not granted here will be looked for elsewhere: written before it is.</param>
    /// <returns>Also whether the cause may have been promised something elsewhere.</returns>
    private Task<(Allotment Allotment, bool IsElsewhere)> Take(
        string partition, string cause, long wanted, long? total, CancellationToken cancellation, bool isElsewhere = false) =>
        Retry.UntilDone<(Allotment, bool)>(partition, async () =>
        {
            var state = await store.Read<AllotmentState>(partition, AllotmentState.Id, cancellation);
            var promise = await store.Read<Promise>(partition, Store.Promise.IdOf(cause), cancellation);
            var before = promise?.Value ?? new Promise { Cause = cause, Amount = 0 };
            var (all, others) = (total ?? state?.Value.Quota ?? 0, (state?.Value.Used ?? 0) - before.Amount);
            var granted = Math.Clamp(all - others, 0, wanted);
            var looksOn = before.IsElsewhere is true || isElsewhere && granted < wanted;
            var after = before with { Amount = granted, IsElsewhere = looksOn ? true : null };
            var answer = (new Allotment(granted, others), looksOn);
            if (after == before) return answer;
            Write[] writes = [after.ToWrite(promise?.ETag),
                ((state?.Value ?? new()) with { Used = others + granted }).ToWrite(state?.ETag)];
            return await store.Commit(partition, writes, cancellation) is CommitResult.Written ? answer : Retry.Again;
        }, cancellation);

    /// <summary>Sees to it that a shard can promise what is wanted, as far as the whole has it.</summary>
    /// <returns>False when the whole has no more.</returns>
    private Task<bool> Lease(string what, int shard, string cause, long wanted, long total, CancellationToken cancellation) =>
        Retry.UntilDone<bool>(PartitionOf(what, shard), async () =>
        {
            var partition = PartitionOf(what, shard);
            var stored = await store.Read<AllotmentState>(partition, AllotmentState.Id, cancellation);
            var state = stored?.Value ?? new AllotmentState();
            var promised = (await store.Read<Promise>(partition, Store.Promise.IdOf(cause), cancellation))?.Value.Amount ?? 0;
            var lacking = wanted - promised - (state.Quota - state.Used);
            if (lacking <= 0) return true;
            var share = Math.Max(lacking, total / (LeasesPerShard * Shards));
            var leased = await LeaseFrom(HeadOf(what), $"shard:{shard}:{state.Leases + 1}", share, total, cancellation);
            if (leased == 0) return false;
            var after = state with { Quota = state.Quota + leased, Leases = state.Leases + 1 };
            return await store.Commit(partition, [after.ToWrite(stored?.ETag)], cancellation) is CommitResult.Written ? true : Retry.Again;
        }, cancellation);

    /// <summary>A lease that was granted stays as it is: the shard that crashed before it took it up does so now, and another writer of the
    /// shard has done it.</summary>
    private Task<long> LeaseFrom(string head, string lease, long wanted, long total, CancellationToken cancellation) =>
        Retry.UntilDone<long>(head, async () =>
        {
            if (await store.Read<Promise>(head, Store.Promise.IdOf(lease), cancellation) is { } known) return known.Value.Amount;
            var state = await store.Read<AllotmentState>(head, AllotmentState.Id, cancellation);
            var before = state?.Value ?? new AllotmentState();
            var granted = Math.Clamp(total - before.Used, 0, wanted);
            if (granted == 0) return 0;
            var after = before with { Used = before.Used + granted };
            Write[] writes = [new Promise { Cause = lease, Amount = granted }.ToCreate(), after.ToWrite(state?.ETag)];
            return await store.Commit(head, writes, cancellation) is CommitResult.Written ? granted : Retry.Again;
        }, cancellation);

    private int ShardOf(string cause) => (int)(Ids.Hash(cause) % (uint)Shards);

    private static string HeadOf(string what) => $"allotment:{what}";

    private static string PartitionOf(string what, int shard) => $"allotment:{what}:{shard}";
}
