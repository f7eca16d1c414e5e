using System.Collections.Concurrent;
using System.Text.Json;
using Club.Programmes;
using Club.Store;

namespace Club.Docs.Tests.Cost;

/// <summary>Writes down what is asked of a store. Sizes are those of the items that Cosmos DB would hold: the body in its envelope of id,
/// partition, type and keys.</summary>
internal sealed class CountingStore(IClubStore store) : IClubStore
{
    private readonly ConcurrentDictionary<(string Partition, string Id), Change> _items = [];
    private readonly ConcurrentQueue<Request> _requests = [];

    /// <summary>The requests since the last call.</summary>
    public IReadOnlyList<Request> Take()
    {
        var taken = new List<Request>();
        while (_requests.TryDequeue(out var request)) taken.Add(request);
        return taken;
    }

    /// <summary>The sizes of all documents there are now, by type.</summary>
    public ILookup<string, int> Sizes => _items.Values.ToLookup(item => item.What, item => item.Bytes);

    public async ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default)
    {
        var document = await store.Read(partition, id, cancellation);
        // Not the use case's: an instance looks at the versions once in 30 seconds, whatever it is asked.
        if (id == ProgrammeCatalogue.Id) return document;
        _requests.Enqueue(document is null ? new Request.Read(Named(partition, id), null)
            : new Request.Read(document.Type, _items[(partition, id)].Bytes));
        return document;
    }

    /// <summary>What was looked for and is not there: its id says what it would be.</summary>
    private static string Named(string partition, string id) =>
        id.StartsWith("reversed:", StringComparison.Ordinal) ? "reversed"
        : id.Length < 20 ? id
        : partition.StartsWith("allotment:", StringComparison.Ordinal) ? "promise" : "entry";

    public async ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default)
    {
        var page = await store.Find(query, cancellation);
        // As with the versions: a look once in 30 seconds.
        if (query.Index == DealerPlan.CodeIndex) return page;
        _requests.Enqueue(new Request.Find(query.Index, query.Partition is null,
            [.. page.Documents.Select(document => _items[(document.Partition, document.Id)].Bytes)]));
        return page;
    }

    public ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default) =>
        store.Changes(bookmark, limit, cancellation);

    public async ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default)
    {
        var changes = writes.Select(write => ChangeOf(partition, write)).ToArray();
        var result = await store.Commit(partition, writes, cancellation);
        _requests.Enqueue(new Request.Commit(changes, result is not CommitResult.Written));
        if (result is CommitResult.Written)
            foreach (var (write, change) in writes.Zip(changes))
                if (write is Write.Delete) _items.TryRemove((partition, write.Id), out _);
                else _items[(partition, write.Id)] = change;
        return result;
    }

    private Change ChangeOf(string partition, Write write) => write switch
    {
        Write.Create create => Written(ChangeKind.Create, partition, write.Id, create.Type, create.Json, create.Index),
        Write.Replace replace => Written(ChangeKind.Replace, partition, write.Id, replace.Type, replace.Json, replace.Index),
        _ => _items.TryGetValue((partition, write.Id), out var gone) ? gone with { Kind = ChangeKind.Delete }
        : new Change(ChangeKind.Delete, write.Id, 0, 0),
    };

    private static Change Written(ChangeKind kind, string partition, string id, string type, ReadOnlyMemory<byte> json, IndexKeys index)
    {
        var ix = index.Keys.GroupBy(key => key.Name)
            .ToDictionary(keys => keys.Key, keys => (object)keys.Select(key => key.Value).ToArray());
        // Most buckets have two digits; a member's random one must not change what is counted.
        if (index.Bucket is not null) ix["_bucket"] = 63;
        var envelope = JsonSerializer.SerializeToUtf8Bytes(new { id, pk = partition, type, ix, body = 0 }).Length - 1;
        return new Change(kind, type, envelope + json.Length, index.Keys.Count + (index.Bucket is null ? 0 : 1),
            ValuesOf(JsonElement.Parse(json.Span)));
    }

    private static int ValuesOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Sum(member => ValuesOf(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().Sum(ValuesOf),
        _ => 1,
    };
}
