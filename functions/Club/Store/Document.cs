using System.Globalization;

namespace Club.Store;

/// <summary>One stored JSON document. <see cref="ETag"/> changes with every write.</summary>
/// <param name="Type">What the document is: <c>entry</c>, <c>event</c>, <c>programme</c> and <c>publication</c> never change; every other
/// type is current state.</param>
/// <param name="Json">The body, UTF-8 JSON. Stores may reformat it, never change its meaning.</param>
public sealed record Document(string Partition, string Id, string Type, ReadOnlyMemory<byte> Json, string ETag);

/// <summary>One key under which a document can be found. Values compare ordinally.</summary>
public readonly record struct IndexKey(string Name, string Value);

/// <summary>
/// The keys that a document declares for itself; nothing else of it is indexed. A name that starts with <c>due</c> is a due date
/// (<c>yyyy-MM-dd</c> or a sortable UTC time) and is found by bucket. A name that starts with <c>own</c> is found only together with the
/// partition, which costs an embedded store nothing to keep. A name that starts with <c>who</c> tells of a person: it is kept as a keyed
/// hash, and found by whole values only.
/// </summary>
public sealed record IndexKeys(IReadOnlyList<IndexKey> Keys, int? Bucket = null)
{
    public static readonly IndexKeys None = new([]);

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A key that sorts the latest first.</summary>
    public static string Latest(DateTimeOffset moment) =>
        (DateTimeOffset.MaxValue.UtcTicks - moment.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    public static bool IsDue(string name) => name.StartsWith("due", StringComparison.Ordinal);
    public static bool IsOwn(string name) => name.StartsWith("own", StringComparison.Ordinal);
    public static bool IsPersonal(string name) => name.StartsWith("who", StringComparison.Ordinal);
}

/// <summary>What a commit does to one document of its partition.</summary>
public abstract record Write(string Id)
{
    /// <summary>Whether the document tells of a person, so that it is kept under a key.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>Fails the commit with <see cref="CommitResult.Exists"/> when the id is taken.</summary>
    public sealed record Create(string Id, string Type, ReadOnlyMemory<byte> Json, IndexKeys Index) : Write(Id);

    /// <summary>Fails the commit with <see cref="CommitResult.Conflict"/> when the document is gone or its ETag is another.</summary>
    public sealed record Replace(string Id, string Type, ReadOnlyMemory<byte> Json, IndexKeys Index, string IfMatch) : Write(Id);

    /// <summary>Fails the commit with <see cref="CommitResult.Conflict"/> when the document is gone or its ETag is another.</summary>
    public sealed record Delete(string Id, string IfMatch) : Write(Id);
}

/// <summary>All or nothing: either every write of the commit holds, or none does and the result says which ids stood in the way.</summary>
public abstract record CommitResult
{
    /// <param name="ETags">The new ETags, in the order of the writes (empty for a delete).</param>
    public sealed record Written(IReadOnlyList<string> ETags) : CommitResult;

    /// <summary>A replace or delete met another ETag, or no document. Load again, decide again.</summary>
    public sealed record Conflict(IReadOnlyList<string> Ids) : CommitResult;

    /// <summary>A create met a taken id. When creates and ETags both fail, this is the answer.</summary>
    public sealed record Exists(IReadOnlyList<string> Ids) : CommitResult;
}

/// <summary>Documents with a key <see cref="Index"/> between <see cref="From"/> and <see cref="To"/>, both included.</summary>
/// <param name="Bucket">Only with <c>due…</c> indexes: 0 to 63, or null for all.</param>
/// <param name="Partition">Narrows to one partition; cheap in every store.</param>
/// <param name="Limit">The most documents of one page, 1 to 1000.</param>
public sealed record IndexQuery(string Index, string From, string To, int? Bucket = null, string? Partition = null, int Limit = 100,
    string? Continuation = null)
{
    /// <summary>Further keys, every one of which the document must have.</summary>
    public IReadOnlyList<IndexKey> Required { get; init; } = [];

    /// <summary>Sorts after every key that starts with the same text.</summary>
    public const string Last = "\uFFFD";

    public static IndexQuery Equal(string index, string value) => new(index, value, value);

    /// <summary>Only documents that have this key too. The filter is the store's: pages are as full, and skip as little, as without
    /// it.</summary>
    public IndexQuery And(IndexKey key) => this with { Required = [.. Required, key] };

    public static IndexQuery Prefix(string index, string prefix) => new(index, prefix, prefix + Last);
}

/// <summary>One page. <see cref="Continuation"/> is null on the last one.</summary>
public sealed record Page(IReadOnlyList<Document> Documents, string? Continuation);

/// <summary>Changed documents in order per partition, and the bookmark from which to ask next. Empty when there is nothing new.</summary>
public sealed record ChangePage(IReadOnlyList<Document> Documents, string Bookmark);
