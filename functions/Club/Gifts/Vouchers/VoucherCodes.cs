using System.Collections.Concurrent;
using Club.Kernel;
using Club.Store;

namespace Club.Gifts;

/// <summary>Between vouchers and their codes, both ways.</summary>
public sealed class VoucherCodes(IClubStore store, VoucherSecrets secrets)
{
    /// <summary>Codes of one document of an import.</summary>
    public const int PartSize = 500;

    private const int MostRemembered = 10_000;
    private readonly ConcurrentDictionary<string, VoucherBatch> _batches = new(StringComparer.Ordinal);

    /// <summary>Whose code it is. A code that was mistyped is told without a read.</summary>
    /// <returns>Null: nobody's. Problem <c>mistyped-code</c>.</returns>
    public async Task<Outcome<VoucherId?>> Read(string code, CancellationToken cancellation)
    {
        if (VoucherCode.Plain(code) is not { } plain) return await Imported(code.Trim(), cancellation);
        if (!VoucherCode.IsWellTyped(plain))
            return new Problem("mistyped-code", "code: a character of it was mistyped, or two were swapped. It has neither 0 nor O, neither 1 nor I.", "code");
        return await Batch(VoucherCode.BatchOf(plain), cancellation) is { IsImported: false } batch
            && VoucherCode.NumberOf(plain, secrets.KeyOf(batch)) is { } number && number < batch.Count
            ? new VoucherId(batch.Id, number) : (VoucherId?)null;
    }

    /// <summary>The code as its owner is shown it.</summary>
    /// <exception cref="StoreException">Its batch is not there.</exception>
    public async Task<string> Reveal(VoucherId id, CancellationToken cancellation)
    {
        var batch = await Batch(id.Batch, cancellation) ?? throw new StoreException($"There is no batch of voucher {id}.");
        if (!batch.IsImported) return VoucherCode.Shown(VoucherCode.Of(batch.Id, id.Number, secrets.KeyOf(batch)));
        var part = await store.Read<VoucherPart>(batch.Partition, VoucherPart.IdOf(id.Number / PartSize), cancellation)
            ?? throw new StoreException($"There are no codes with voucher {id}.");
        return secrets.Open(batch, part.Value)[id.Number % PartSize];
    }

    private async Task<Outcome<VoucherId?>> Imported(string code, CancellationToken cancellation) => code.Length is 0 or > ImportedLength
        ? (VoucherId?)null : (await store.Read<VoucherClaim>(secrets.ClaimOf(code), VoucherClaim.Id, cancellation))?.Value.Voucher;

    /// <summary>The most characters of an imported code.</summary>
    public const int ImportedLength = 64;

    /// <summary>What never changes of a batch is remembered.</summary>
    private async ValueTask<VoucherBatch?> Batch(string id, CancellationToken cancellation)
    {
        if (_batches.TryGetValue(id, out var known)) return known;
        if (await store.Read<VoucherBatch>(VoucherBatch.PartitionOf(id), VoucherBatch.DocumentName, cancellation)
            is not { Value: var batch })
            return null;
        if (_batches.Count < MostRemembered) _batches[id] = batch;
        return batch;
    }
}
