namespace Club.Store;

/// <summary>
/// All that the club asks of a database. A partition holds everything about one member (or one claim, one rejection…);
/// a commit is atomic within it and durable when it returns. Implementations throw <see cref="StoreException"/> on a fault.
/// </summary>
public interface IClubStore
{
    /// <summary>One document, or null.</summary>
    ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default);

    /// <summary>All writes or none. At most <see cref="StoreLimits.WritesPerCommit"/> writes, each of a different id.</summary>
    ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default);

    /// <summary>
    /// Documents by a declared key, page by page, each at most once in a page. A document that changes its key while pages are read may be
    /// missed or seen again; callers repeat. The order of keys is kept where the store has it for free: do not depend on it.
    /// </summary>
    ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default);

    /// <summary>
    /// Documents changed after the bookmark (null: from the beginning) in their latest version; deletes are not told.
    /// Once two versions of one partition were committed one after the other, they are told in that order.
    /// </summary>
    ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default);
}

public static class StoreLimits
{
    /// <summary>The limit of a Cosmos DB transactional batch.</summary>
    public const int WritesPerCommit = 100;
}

/// <summary>The store could not answer: a fault, to be retried by whoever asked. Never a business refusal.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
