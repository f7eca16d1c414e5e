namespace Club.Store;

/// <summary>Is told after each commit of entries or events, in the process that has committed: a hint, for whoever would otherwise ask
/// again
/// and again. It returns at once and throws nothing. Registered by the feature.</summary>
public interface IHearsNews
{
    void Hear();
}

/// <summary>The store, of which those who want to hear of news do.</summary>
public sealed class HeardStore(IClubStore store, IEnumerable<IHearsNews> hearers) : IClubStore
{
    private readonly IHearsNews[] _hearers = [.. hearers];

    public ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default) =>
        store.Read(partition, id, cancellation);

    public async ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default)
    {
        var committed = await store.Commit(partition, writes, cancellation);
        if (committed is CommitResult.Written && writes.Any(write => write is Write.Create { Type: "entry" or "event" }))
            foreach (var hearer in _hearers) hearer.Hear();
        return committed;
    }

    public ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default) => store.Find(query, cancellation);

    public ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default) =>
        store.Changes(bookmark, limit, cancellation);
}
