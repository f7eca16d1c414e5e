namespace Club.Store;

/// <summary>
/// All that the club asks of a database. A partition holds everything about one member (or one claim, one rejection…);
/// a commit is atomic within it and durable when it returns. Implementations throw <see cref="StoreException"/> on a fault.
/// </summary>
public interface IClubStore
{
    /// <summary>One document, or null.</summary>
    ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default);

    /// <summary>All writes or none, each of a different id. What exceeds <see cref="StoreLimits"/> is refused in every store
    /// alike.</summary>
    /// <exception cref="ArgumentException">The writes exceed a limit, or name a document twice.</exception>
    ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default);

    /// <summary>
    /// Documents by a declared key, page by page, each at most once in a page. A page goes on until it is full or nothing is left, so that
    /// fewer matches than the limit come together (a document counts once for each of its values that match). A document that changes its
    /// key while pages are read may be missed or seen again; callers repeat. The order of keys is kept where the store has it for free: do
    /// not depend on it.
    /// </summary>
    ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default);

    /// <summary>
    /// Documents changed after the bookmark (null: from the beginning) in their latest version; deletes are not told.
    /// Once two versions of one partition were committed one after the other, they are told in that order; those of one commit in any.
    /// A page may be short though more follow: only an empty one says that nothing is new.
    /// </summary>
    ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default);
}

/// <summary>What Cosmos DB takes, with room for what it needs around it; every store keeps to it.</summary>
public static class StoreLimits
{
    /// <summary>The limit of a Cosmos DB transactional batch.</summary>
    public const int WritesPerCommit = 100;

    /// <summary>Bodies and keys of one commit together, in bytes. Cosmos DB takes 2 MB, for one document as for a batch.</summary>
    public const int BytesPerCommit = 1_900_000;

    /// <summary>Characters of a partition. Cosmos DB takes 2,048 bytes.</summary>
    public const int PartitionLength = 500;

    /// <summary>Characters of an id. Cosmos DB takes 1,023 bytes, and a character that it does not allow is written with five.</summary>
    public const int IdLength = 200;
}

/// <summary>The store could not answer: a fault, to be retried by whoever asked. Never a business refusal.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
