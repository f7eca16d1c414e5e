using Club.Store;

namespace Club.Tests.Joining;

/// <summary>Runs what it was told before the n-th call that one flow makes, or between that call and its answer.</summary>
internal sealed class InterruptedStore(IClubStore store) : IClubStore
{
    private readonly Dictionary<int, Func<Task>> _between = [], _after = [];

    public IClubStore Inner => store;

    public int Calls { get; private set; }

    public void At(int call, Func<Task> between) => _between[Calls + call] = between;

    public void After(int call, Func<Task> after) => _after[Calls + call] = after;

    private async ValueTask<T> Next<T>(Func<ValueTask<T>> call)
    {
        var number = ++Calls;
        if (_between.TryGetValue(number, out var between)) await between();
        var answer = await call();
        if (_after.TryGetValue(number, out var after)) await after();
        return answer;
    }

    public ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default) =>
        Next(() => store.Read(partition, id, cancellation));

    public ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default) =>
        Next(() => store.Find(query, cancellation));

    public ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default) =>
        store.Changes(bookmark, limit, cancellation);

    public ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default) =>
        Next(() => store.Commit(partition, writes, cancellation));
}
