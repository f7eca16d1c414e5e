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

    public static void Check(string partition, IReadOnlyList<Write> writes)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentNullException.ThrowIfNull(writes);
        if (writes.Count is 0 or > StoreLimits.WritesPerCommit)
            throw new ArgumentException($"A commit takes 1 to {StoreLimits.WritesPerCommit} writes, not {writes.Count}.", nameof(writes));

        var ids = new HashSet<string>(writes.Count, StringComparer.Ordinal);
        foreach (var write in writes)
        {
            if (string.IsNullOrEmpty(write.Id)) throw new ArgumentException("A write needs the id of its document.", nameof(writes));
            if (!ids.Add(write.Id)) throw new ArgumentException($"A commit writes each document once, but {write.Id} comes twice.", nameof(writes));
            CheckBucket(write switch { Write.Create create => create.Index.Bucket, Write.Replace replace => replace.Index.Bucket, _ => null });
        }
    }

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
        CheckBucket(query.Bucket);
    }

    /// <summary>
    /// The query's upper end in UTF-8 order, in which characters beyond the Basic Multilingual Plane sort after U+FFFD:
    /// a prefix finds rare Chinese characters and emoji too.
    /// </summary>
    public static string UpperEnd(string to) =>
        to.EndsWith(IndexQuery.Last, StringComparison.Ordinal) ? string.Concat(to.AsSpan(0, to.Length - IndexQuery.Last.Length), "\U0010FFFF") : to;

    private static void CheckBucket(int? bucket)
    {
        if (bucket is < 0 or > LastBucket)
            throw new ArgumentOutOfRangeException(nameof(bucket), bucket, $"A bucket is a number from 0 to {LastBucket}.");
    }
}
