using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Store;

namespace Club.Gifts;

/// <summary>How far the codes of a batch have gone.</summary>
/// <param name="Next">The number of the next; those before it are taken, or were.</param>
/// <param name="Skipped">Numbers that are no voucher's: codes that were there twice.</param>
public sealed record PooledBatch(string Batch, int Count, int Next, IReadOnlyList<int> Skipped)
{
    [JsonIgnore] public int Good => Count - Skipped.Count;
    [JsonIgnore] public int Left => Count - Next - Skipped.Count(number => number >= Next);
}

/// <summary>Which codes of a gift nobody has yet.</summary>
public sealed record VoucherPool : IStored<VoucherPool>
{
    public const string Id = "voucherPool";

    public required string Gift { get; init; }
    public IReadOnlyList<PooledBatch> Batches { get; init; } = [];

    /// <summary>Codes that were taken for orders that never were.</summary>
    public IReadOnlyList<VoucherId> Free { get; init; } = [];

    [JsonIgnore] public long Total => Batches.Sum(batch => (long)batch.Good);
    [JsonIgnore] public long Left => Free.Count + Batches.Sum(batch => (long)batch.Left);

    public static string PartitionOf(string gift) => $"voucherPool:{gift}";

    /// <summary>The next so many, and the pool without them; null when there are not as many.</summary>
    public (VoucherPool Pool, IReadOnlyList<VoucherId> Taken)? Take(int count)
    {
        if (Left < count) return null;
        var taken = Free.Take(count).ToList();
        var batches = Batches.ToArray();
        for (var at = 0; at < batches.Length && taken.Count < count; at++)
        {
            var (batch, next) = (batches[at], batches[at].Next);
            var skipped = batch.Skipped.ToHashSet();
            for (; next < batch.Count && taken.Count < count; next++)
                if (!skipped.Contains(next)) taken.Add(new VoucherId(batch.Batch, next));
            batches[at] = batch with { Next = next };
        }
        return (this with { Free = [.. Free.Skip(count)], Batches = batches }, taken);
    }

    static string IStored<VoucherPool>.DocumentType => Id;
    static JsonTypeInfo<VoucherPool> IStored<VoucherPool>.JsonType => GiftsDocuments.Default.VoucherPool;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}

/// <summary>What was taken for one order: a second try finds it.</summary>
public sealed record VoucherTake : IStored<VoucherTake>
{
    public required string Cause { get; init; }
    public required IReadOnlyList<VoucherId> Vouchers { get; init; }

    public static string IdOf(string cause) => $"take:{cause}";

    static string IStored<VoucherTake>.DocumentType => "voucherTake";
    static JsonTypeInfo<VoucherTake> IStored<VoucherTake>.JsonType => GiftsDocuments.Default.VoucherTake;
    [JsonIgnore] public string DocumentId => IdOf(Cause);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
