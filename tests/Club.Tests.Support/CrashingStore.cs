using Club.Store;

namespace Club.Tests.Support;

/// <summary>
/// A store that goes down: after so many commits every further one fails. With <see cref="Unanswered"/> the failing commit took place
/// before the answer was lost.
/// </summary>
public sealed class CrashingStore(IClubStore store) : IClubStore
{
    private int _left = int.MaxValue;

    public bool Unanswered { get; set; }

    public void CrashAfter(int commits) => _left = commits;
    public void Recover() => _left = int.MaxValue;

    public ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default) =>
        store.Read(partition, id, cancellation);
    public ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default) => store.Find(query, cancellation);
    public ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default) =>
        store.Changes(bookmark, limit, cancellation);

    public async ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default)
    {
        if (Interlocked.Decrement(ref _left) >= 0) return await store.Commit(partition, writes, cancellation);
        if (Unanswered) await store.Commit(partition, writes, cancellation);
        throw new StoreException("The store is down.");
    }
}
