using System.Text;
using Club.Store;

namespace Club.Tests.Support;

/// <summary>A store in memory for tests of rules and flows; held to the same contract as the real ones.</summary>
public sealed class MemoryStore : IClubStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Partition, string Id), (Document Document, IndexKeys Index, long Sequence)> _documents = [];
    private long _sequence;

    public ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default)
    {
        lock (_lock) return ValueTask.FromResult(_documents.TryGetValue((partition, id), out var found) ? found.Document : null);
    }

    public ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default)
    {
        StoreArguments.Check(partition, writes);
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            string[] taken = [.. writes.OfType<Write.Create>().Where(write => _documents.ContainsKey((partition, write.Id)))
                .Select(write => write.Id)];
            if (taken.Length > 0) return ValueTask.FromResult<CommitResult>(new CommitResult.Exists(taken));
            string[] stale = [.. writes.Where(write => IsStale(partition, write)).Select(write => write.Id)];
            if (stale.Length > 0) return ValueTask.FromResult<CommitResult>(new CommitResult.Conflict(stale));
            return ValueTask.FromResult<CommitResult>(new CommitResult.Written([.. writes.Select(write => Apply(partition, write))]));
        }
    }

    public ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default)
    {
        StoreArguments.Check(query);
        var after = query.Continuation is null ? null : Position(query.Continuation);
        lock (_lock)
        {
            var matches = (from entry in _documents.Values
                           where query.Partition is null || entry.Document.Partition == query.Partition
                           where query.Bucket is null || entry.Index.Bucket == query.Bucket
                           where query.Required.All(entry.Index.Keys.Contains)
                           from key in entry.Index.Keys
                           where key.Name == query.Index && string.CompareOrdinal(key.Value, query.From) >= 0
                               && string.CompareOrdinal(key.Value, query.To) <= 0
                           let position = $"{key.Value}\u0001{entry.Document.Partition}\u0001{entry.Document.Id}"
                           where after is null || string.CompareOrdinal(position, after) > 0
                           select (position, entry.Document)).OrderBy(match =>
                               match.position, StringComparer.Ordinal).Take(query.Limit + 1).ToArray();
            var page = matches.Take(query.Limit).ToArray();
            return ValueTask.FromResult(new Page(
                [.. page.Select(match => match.Document).DistinctBy(document => (document.Partition, document.Id))],
                matches.Length > query.Limit ? Continuation(page[^1].position) : null));
        }
    }

    public ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default)
    {
        var since = 0L;
        if (bookmark is not null && (!long.TryParse(bookmark, out since) || since < 0))
            throw new ArgumentException("Not a bookmark of this store.", nameof(bookmark));
        lock (_lock)
        {
            var changed = _documents.Values.Where(entry => entry.Sequence > since).OrderBy(entry => entry.Sequence).Take(limit).ToArray();
            return ValueTask.FromResult(new ChangePage([.. changed.Select(entry => entry.Document)], changed.Length == 0 ? bookmark ?? "0"
                : $"{changed[^1].Sequence}"));
        }
    }

    private static string Continuation(string position) => "after:" + Convert.ToBase64String(Encoding.UTF8.GetBytes(position));

    private static string Position(string continuation)
    {
        var position = new byte[continuation.Length];
        return continuation.StartsWith("after:", StringComparison.Ordinal)
            && Convert.TryFromBase64String(continuation["after:".Length..], position, out var length)
            ? Encoding.UTF8.GetString(position, 0, length)
            : throw new ArgumentException("Not a continuation of this store.", nameof(continuation));
    }

    private bool IsStale(string partition, Write write)
    {
        var etag = write switch { Write.Replace replace => replace.IfMatch, Write.Delete delete => delete.IfMatch, _ => null };
        return etag is not null && (!_documents.TryGetValue((partition, write.Id), out var found) || found.Document.ETag != etag);
    }

    private string Apply(string partition, Write write)
    {
        if (write is Write.Delete)
        {
            _documents.Remove((partition, write.Id));
            return "";
        }
        var (type, json, index) = write switch
        {
            Write.Create create => (create.Type, create.Json, create.Index),
            Write.Replace replace => (replace.Type, replace.Json, replace.Index),
            _ => throw new InvalidOperationException(),
        };
        var etag = $"{++_sequence}";
        _documents[(partition, write.Id)] = (new Document(partition, write.Id, type, json, etag), index, _sequence);
        return etag;
    }
}
