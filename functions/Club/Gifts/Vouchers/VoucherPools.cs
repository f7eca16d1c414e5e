using Club.Kernel;
using Club.Store;

namespace Club.Gifts;

/// <summary>Gives each order codes that nobody else has.</summary>
public sealed class VoucherPools(IClubStore store)
{
    /// <summary>Buyers of one gift take turns within this process.</summary>
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>How many codes there are.</summary>
    public async Task<StockView> Count(string gift, CancellationToken cancellation) =>
        await Read(gift, cancellation) is { Value: var pool } ? new StockView(pool.Total, pool.Total - pool.Left, pool.Left)
            : new StockView(0, 0, 0);

    /// <summary>As many codes as are asked for; what was taken for a cause is given to it again.</summary>
    /// <returns>Null when there are not as many.</returns>
    public async Task<VoucherId[]?> Take(string gift, string cause, int count, CancellationToken cancellation)
    {
        var turn = _turns[Ids.Hash(gift) % (uint)_turns.Length];
        await turn.WaitAsync(cancellation);
        try
        {
            return await Retry.UntilDone<VoucherId[]?>($"The codes of gift {gift}", async () =>
            {
                if (await Taken(gift, cause, cancellation) is { Value.Vouchers: var known }) return (VoucherId[]?)[.. known];
                if (await Read(gift, cancellation) is not { } stored || stored.Value.Take(count) is not var (after,
                    taken)) return (VoucherId[]?)null;
                Write[] writes = [new VoucherTake { Cause = cause, Vouchers = taken }.ToCreate(), after.ToReplace(stored.ETag)];
                return await store.Commit(VoucherPool.PartitionOf(gift), writes, cancellation) is CommitResult.Written
                    ? (VoucherId[]?)[.. taken] : Retry.Again;
            }, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The order never was: nobody saw its codes, and others may have them.</summary>
    public Task GiveBack(string gift, string cause, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"The codes of gift {gift}", async () =>
        {
            if (await Taken(gift, cause, cancellation) is not { } take || await Read(gift, cancellation) is not { } pool) return true;
            Write[] writes = [new Write.Delete(take.Value.DocumentId, take.ETag),
                (pool.Value with { Free = [.. pool.Value.Free, .. take.Value.Vouchers] }).ToReplace(pool.ETag)];
            return await store.Commit(VoucherPool.PartitionOf(gift), writes, cancellation) is CommitResult.Written ? true : Retry.Again;
        }, cancellation);

    /// <summary>Lets a batch be taken from. Repeating it changes nothing.</summary>
    public Task Add(VoucherBatch batch, IReadOnlyList<int> skipped, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"The codes of gift {batch.Gift}", async () =>
        {
            var stored = await Read(batch.Gift, cancellation);
            var pool = stored?.Value ?? new VoucherPool { Gift = batch.Gift };
            if (pool.Batches.Any(one => one.Batch == batch.Id)) return true;
            pool = pool with { Batches = [.. pool.Batches, new PooledBatch(batch.Id, batch.Count, 0, skipped)] };
            return await store.Commit(VoucherPool.PartitionOf(batch.Gift), [pool.ToWrite(stored?.ETag)], cancellation)
                is CommitResult.Written
                ? true : Retry.Again;
        }, cancellation);

    private ValueTask<Stored<VoucherPool>?> Read(string gift, CancellationToken cancellation) =>
        store.Read<VoucherPool>(VoucherPool.PartitionOf(gift), VoucherPool.Id, cancellation);

    private ValueTask<Stored<VoucherTake>?> Taken(string gift, string cause, CancellationToken cancellation) =>
        store.Read<VoucherTake>(VoucherPool.PartitionOf(gift), VoucherTake.IdOf(cause), cancellation);
}
