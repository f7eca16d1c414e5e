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
    /// <param name="total">How much of it there is.</param>
    /// <exception cref="StoreException">Too many others were promised something meanwhile.</exception>
    public async Task<Allotment> Promise(string what, string cause, long wanted, long total, CancellationToken cancellation)
    {
        if (Shards == 1) return await Take(HeadOf(what), cause, wanted, total, cancellation);
        var (granted, own) = (0L, ShardOf(cause));
        for (var next = 0; next < Shards && granted < wanted; next++)
        {
            var shard = (own + next) % Shards;
            if (next == 0) await Lease(what, shard, cause, wanted, total, cancellation);
            granted += (await Take(PartitionOf(what, shard), cause, wanted - granted, null, cancellation)).Granted;
        }
        return new Allotment(granted, granted == wanted ? 0 : await Used(what, cancellation) - granted);
    }

    /// <summary>The cause ended otherwise: what it was promised is there for others.</summary>
    public async Task GiveBack(string what, string cause, CancellationToken cancellation)
    {
        await Take(HeadOf(what), cause, 0, long.MaxValue, cancellation);
        if (Shards == 1) return;
        for (var shard = 0; shard < Shards; shard++) await Take(PartitionOf(what, shard), cause, 0, null, cancellation);
    }

    /// <summary>How much is promised to all causes. What shards hold that are no longer set counts as used.</summary>
    public async Task<long> Used(string what, CancellationToken cancellation)
    {
        if ((await store.Read<AllotmentState>(HeadOf(what), AllotmentState.Id, cancellation))?.Value is not { } head) return 0;
        var used = head.Used;
        for (var shard = 0; shard < Shards && head.Leased > 0; shard++)
            if ((await store.Read<AllotmentState>(PartitionOf(what, shard), AllotmentState.Id, cancellation))?.Value is { } state)
                used -= state.Quota - state.Used;
        return used;
    }

    /// <param name="total">How much there is in this place; null: the quota that it has leased.</param>
    private Task<Allotment> Take(string partition, string cause, long wanted, long? total, CancellationToken cancellation) =>
        Retry.UntilDone<Allotment>(partition, async () =>
    {
        var state = await store.Read<AllotmentState>(partition, AllotmentState.Id, cancellation);
        var promise = await store.Read<Promise>(partition, Store.Promise.IdOf(cause), cancellation);
        var promised = promise?.Value.Amount ?? 0;
        var before = state?.Value ?? new AllotmentState();
        var others = before.Used - promised;
        var granted = Math.Clamp((total ?? before.Quota) - others, 0, wanted);
        return granted == promised || await Commit(partition, cause, granted, promise?.ETag, before with { Used = others + granted },
            state?.ETag, cancellation)
            ? new Allotment(granted, others)
            : Retry.Again;
    }, cancellation);

    /// <summary>Sees to it that a shard can promise what is wanted, as far as the whole has it.</summary>
    /// <returns>Whether it can promise all of it.</returns>
    private Task<bool> Lease(string what, int shard, string cause, long wanted, long total, CancellationToken cancellation) =>
        Retry.UntilDone<bool>(PartitionOf(what, shard), async () =>
    {
        var partition = PartitionOf(what, shard);
        var stored = await store.Read<AllotmentState>(partition, AllotmentState.Id, cancellation);
        var state = stored?.Value ?? new AllotmentState();
        var promised = (await store.Read<Promise>(partition, Store.Promise.IdOf(cause), cancellation))?.Value.Amount ?? 0;
        var lacking = wanted - promised - (state.Quota - state.Used);
        if (lacking <= 0) return true;
        var leased = await LeaseFrom(HeadOf(what), $"shard:{shard}:{state.Leases + 1}",
            Math.Max(lacking, total / (LeasesPerShard * Shards)), total, cancellation);
        if (leased == 0) return false;
        var after = state with { Quota = state.Quota + leased, Leases = state.Leases + 1 };
        await store.Commit(partition, [after.ToWrite(stored?.ETag)], cancellation);
        return Retry.Again;
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
        var after = before with { Used = before.Used + granted, Leased = before.Leased + granted };
        return granted == 0 || await Commit(head, lease, granted, null, after, state?.ETag, cancellation) ? granted : Retry.Again;
    }, cancellation);

    private async Task<bool> Commit(string partition, string cause, long amount, string? promiseTag, AllotmentState after, string? stateTag,
        CancellationToken cancellation)
    {
        Write[] writes = [new Promise { Cause = cause, Amount = amount }.ToWrite(promiseTag), after.ToWrite(stateTag)];
        return await store.Commit(partition, writes, cancellation) is CommitResult.Written;
    }

    private int ShardOf(string cause) => Ids.Bucket(cause) % Shards;

    private static string HeadOf(string what) => $"allotment:{what}";

    private static string PartitionOf(string what, int shard) => $"allotment:{what}:{shard}";
}
