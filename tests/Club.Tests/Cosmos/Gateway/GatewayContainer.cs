using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Club.Tests.Cosmos;

/// <summary>The documents of one container, with ETags, and the number of the commit that wrote each. One lock, so that batches are
/// isolated.</summary>
public sealed class GatewayContainer
{
    /// <summary>The most that the service takes in one batch: operations, and bytes of the request.</summary>
    public const int MaxOperations = 100;

    public const int MaxBatchBytes = 2 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Partition, string Id), GatewayItem> _items = [];
    private long _lsn;
    private long _number;

    /// <summary>Queries look at no more items than this for one page, as the service does when a page takes it too long.</summary>
    public int ScanPerPage { get; set; } = int.MaxValue;

    public long Lsn
    {
        get { lock (_lock) return _lsn; }
    }

    internal GatewayItem? Read(string partition, string id)
    {
        lock (_lock) return _items.GetValueOrDefault((partition, id));
    }

    /// <summary>All or nothing. Results are in the order of the operations; those that did not cause the failure say 424.</summary>
    internal IReadOnlyList<BatchResult> Commit(string partition, IReadOnlyList<BatchOperation> operations)
    {
        lock (_lock)
        {
            var changes = new Dictionary<(string, string), GatewayItem?>();
            var results = new List<BatchResult>();
            foreach (var operation in operations)
            {
                var result = Apply(partition, operation, changes);
                results.Add(result);
                if (result.Status >= 400) return [.. operations.Select((_, i) => i == results.Count - 1 ? result : new BatchResult(424))];
            }
            foreach (var (key, item) in changes)
            {
                if (item is null) _items.Remove(key);
                else _items[key] = item;
            }
            _lsn++;
            return results;
        }
    }

    /// <summary>The items of a range (or of one partition of it) that match, after a position.</summary>
    internal (IReadOnlyList<JsonElement> Items, long? Next) Query(GatewayRange range, string? partition, SqlFilter filter, long after,
        int limit)
    {
        GatewayItem[] items;
        lock (_lock)
            items = [.. _items.Values.Where(item => item.Range == range && (partition is null || item.Partition == partition)
                && item.Number > after)];
        Array.Sort(items, (left, right) => left.Number.CompareTo(right.Number));

        var found = new List<JsonElement>();
        for (var i = 0; i < items.Length; i++)
        {
            if (found.Count >= limit || i >= ScanPerPage) return (found, items[i - 1].Number);
            found.AddRange(filter.Of(items[i].Root));
        }
        return (found, null);
    }

    /// <summary>
    /// What was written after a commit, in commit order and not more than asked for, except that a commit is told whole: and its documents
    /// in no order, here the last one first.
    /// </summary>
    internal (IReadOnlyList<JsonElement> Items, long Lsn) Changes(GatewayRange range, long after, int limit)
    {
        lock (_lock)
        {
            var told = new List<JsonElement>();
            var lsn = after;
            foreach (var commit in _items.Values.Where(item => item.Lsn > after && item.Range == range).GroupBy(item => item.Lsn)
                .OrderBy(commit => commit.Key))
            {
                if (told.Count > 0 && told.Count + commit.Count() > limit) return (told, lsn);
                told.AddRange(commit.OrderByDescending(item => item.Number).Select(item => item.Root));
                lsn = commit.Key;
            }
            return (told, told.Count == 0 ? Math.Max(after, _lsn) : lsn);
        }
    }

    private BatchResult Apply(string partition, BatchOperation operation, Dictionary<(string, string), GatewayItem?> changes)
    {
        JsonObject? body = null;
        if (operation.Kind is not BatchKind.Delete)
        {
            body = GatewayItem.Parse(operation.Body, partition, out var refusal);
            if (refusal is not null) return new BatchResult(refusal.Status, refusal.Substatus, Message: refusal.Message);
        }
        var id = operation.Id ?? (string)body!["id"]!;
        var key = (partition, id);
        var current = changes.TryGetValue(key, out var changed) ? changed : _items.GetValueOrDefault(key);
        switch (operation.Kind)
        {
            case BatchKind.Create when current is not null:
                return new BatchResult(409, Message: "Entity with the specified id already exists in the system.", Charge: 1.24);
            case BatchKind.Replace or BatchKind.Delete when current is null:
                return new BatchResult(404, Message: "Resource not found.", Charge: 1.24);
            case BatchKind.Replace or BatchKind.Delete when operation.IfMatch is not null && operation.IfMatch != current!.ETag:
                return new BatchResult(412, Message: "One of the specified pre-condition is not met.", Charge: 1.24);
            case BatchKind.Replace when (string?)body!["id"] != id:
                return new BatchResult(400, Message: "The id of the body is another.");
            case BatchKind.Delete:
                changes[key] = null;
                return new BatchResult(204, Charge: 7);
            case BatchKind.Create or BatchKind.Replace:
                var item = GatewayItem.Of(partition, body!, current?.Number ?? ++_number, _lsn + 1);
                changes[key] = item;
                return new BatchResult(operation.Kind == BatchKind.Create ? 201 : 200, ETag: item.ETag,
                    Charge: operation.Kind == BatchKind.Create ? 6.5 : 10.5);
            default:
                return new BatchResult(400, Message: string.Create(CultureInfo.InvariantCulture,
                    $"The operation {(int)operation.Kind} is not one that the club uses."));
        }
    }
}
