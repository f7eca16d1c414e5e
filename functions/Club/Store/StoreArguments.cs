using System.Text;

namespace Club.Store;

/// <summary>What every store asks of its caller before it asks the database.</summary>
internal static class StoreArguments
{
    private const int LastBucket = 63;

    public static void Check(string partition, string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentException.ThrowIfNullOrEmpty(id);
    }

    /// <summary>Whether a document can have been written there.</summary>
    public static bool Fits(string partition, string id) =>
        partition.Length <= StoreLimits.PartitionLength && id.Length <= StoreLimits.IdLength;

    public static void Check(string partition, IReadOnlyList<Write> writes)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentNullException.ThrowIfNull(writes);
        if (writes.Count == 0) throw new ArgumentException("A commit writes something.", nameof(writes));
        if (Excess(writes) is { } excess) throw new ArgumentException(excess, nameof(writes));
        var ids = new HashSet<string>(writes.Count, StringComparer.Ordinal);
        foreach (var write in writes)
        {
            if (string.IsNullOrEmpty(write.Id)) throw new ArgumentException("A write needs the id of its document.", nameof(writes));
            if (!Fits(partition, write.Id))
                throw new ArgumentException(
                    $"A partition has at most {StoreLimits.PartitionLength} characters and an id {StoreLimits.IdLength}, not {partition.Length} and {write.Id.Length}.", nameof(writes));
            if (!ids.Add(write.Id))
                throw new ArgumentException($"A commit writes each document once, but {write.Id} comes twice.", nameof(writes));
            CheckBucket(ContentOf(write).Index.Bucket);
        }
    }

    /// <summary>A sentence when the writes are more than one commit holds.</summary>
    public static string? Excess(IReadOnlyList<Write> writes)
    {
        if (writes.Count > StoreLimits.WritesPerCommit)
            return $"A commit takes 1 to {StoreLimits.WritesPerCommit} writes, not {writes.Count}.";
        var bytes = 0L;
        foreach (var write in writes)
        {
            var (json, index) = ContentOf(write);
            bytes += json.Length + Bytes(index);
        }
        return bytes > StoreLimits.BytesPerCommit
            ? $"The bodies and keys of a commit have at most {StoreLimits.BytesPerCommit} bytes, not {bytes}." : null;
    }

    private static (ReadOnlyMemory<byte> Json, IndexKeys Index) ContentOf(Write write) => write switch
    {
        Write.Create create => (create.Json, create.Index),
        Write.Replace replace => (replace.Json, replace.Index),
        _ => (ReadOnlyMemory<byte>.Empty, IndexKeys.None),
    };

    public static void Check(IndexQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentException.ThrowIfNullOrEmpty(query.Index, nameof(query));
        ArgumentNullException.ThrowIfNull(query.From, nameof(query));
        ArgumentNullException.ThrowIfNull(query.To, nameof(query));
        if (query.Limit is < 1 or > 1000)
            throw new ArgumentOutOfRangeException(nameof(query), query.Limit, "A page holds 1 to 1000 documents.");
        if (query.Bucket is not null && !IndexKeys.IsDue(query.Index))
            throw new ArgumentException($"Only a due… index is found by bucket, and {query.Index} is none.", nameof(query));
        if (query.Partition is null && IndexKeys.IsOwn(query.Index))
            throw new ArgumentException($"The index {query.Index} is found only within a partition.", nameof(query));
        foreach (var key in query.Required)
            if (string.IsNullOrEmpty(key.Name) || key.Value is null)
                throw new ArgumentException("A further key needs a name and a value.", nameof(query));
        CheckBucket(query.Bucket);
    }

    /// <summary>
    /// The query's upper end in UTF-8 order, in which characters beyond the Basic Multilingual Plane sort after U+FFFD:
    /// a prefix finds rare Chinese characters and emoji too.
    /// </summary>
    public static string UpperEnd(string to) =>
        to.EndsWith(IndexQuery.Last, StringComparison.Ordinal)
            ? string.Concat(to.AsSpan(0, to.Length - IndexQuery.Last.Length), "\U0010FFFF") : to;

    private static long Bytes(IndexKeys index)
    {
        var bytes = 0L;
        for (var i = 0; i < index.Keys.Count; i++)
            bytes += Encoding.UTF8.GetByteCount(index.Keys[i].Name) + Encoding.UTF8.GetByteCount(index.Keys[i].Value);
        return bytes;
    }

    private static void CheckBucket(int? bucket)
    {
        if (bucket is < 0 or > LastBucket)
            throw new ArgumentOutOfRangeException(nameof(bucket), bucket, $"A bucket is a number from 0 to {LastBucket}.");
    }
}
