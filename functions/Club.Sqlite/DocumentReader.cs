using System.Globalization;
using Club.Store;

namespace Club.Sqlite;

/// <summary>One reading connection with its prepared statements. Each call sees one consistent state of the file.</summary>
internal sealed class DocumentReader : IDisposable
{
    private readonly Database _database;
    private readonly Statement _read;
    private readonly Statement _byKey;
    private readonly Statement _byPartition;
    private readonly Statement _changes;

    public DocumentReader(Database database)
    {
        _database = database;
        database.Execute("PRAGMA query_only = ON");
        _read = database.Prepare("SELECT type, version, body FROM docs WHERE partition = ?1 AND id = ?2");
        _byKey = database.Prepare("""
            SELECT k.value, k.n, d.partition, d.id, d.type, d.version, d.ix, d.body FROM keys k JOIN docs d ON d.n = k.n
            WHERE k.name = ?1 AND k.bucket = ?2 AND (k.value, k.n) > (?3, ?4) AND k.value <= ?5 ORDER BY k.value, k.n
            """);
        _byPartition = database.Prepare("SELECT id, type, version, bucket, ix, body FROM docs WHERE partition = ?1 AND id > ?2 ORDER BY id");
        _changes = database.Prepare("""
            SELECT n AS version, partition, id, type, body FROM docs WHERE n > ?1 AND version = n
            UNION ALL
            SELECT c.version, d.partition, d.id, d.type, d.body FROM changes c LEFT JOIN docs d ON d.n = c.n AND d.version = c.version
            WHERE c.version > ?1 ORDER BY 1
            """);
    }

    public Document? Read(string partition, string id)
    {
        _read.BindText(1, Utf8.Of(partition)).BindText(2, Utf8.Of(id));
        try
        {
            return _read.Step() ? new Document(partition, id, _read.Text(0), _read.Bytes(2).ToArray(), ETag(_read.Long(1))) : null;
        }
        finally
        {
            _read.Reset();
        }
    }

    public Page Find(IndexQuery query) => query.Partition is null ? FindByKey(query) : FindInPartition(query, query.Partition);

    public ChangePage Changes(long after, int limit)
    {
        _changes.Bind(1, after);
        var documents = new List<Document>();
        try
        {
            while (documents.Count < limit && _changes.Step())
            {
                after = _changes.Long(0);
                if (!_changes.IsNull(1))
                    documents.Add(new Document(_changes.Text(1), _changes.Text(2), _changes.Text(3), _changes.Bytes(4).ToArray(), ETag(after)));
            }
        }
        finally
        {
            _changes.Reset();
        }
        return new ChangePage(documents, ETag(after));
    }

    /// <summary>The documents that were written last, oldest first; fewer than <paramref name="count"/> where some were written over since.</summary>
    public IReadOnlyList<Document> Newest(int count)
    {
        var last = Math.Max(_database.Scalar("SELECT coalesce(max(n), 0) FROM docs"), _database.Scalar("SELECT coalesce(max(version), 0) FROM changes"));
        return Changes(Math.Max(0, last - count), count).Documents;
    }

    private Page FindByKey(IndexQuery query)
    {
        var range = new KeyRange(query);
        var at = Continuation.Start(query);
        var last = query.Bucket ?? (IndexKeys.IsDue(query.Index) ? Continuation.LastBucket : PreparedKeys.NoBucket);
        var documents = new List<Document>();
        for (var bucket = at.Bucket; bucket <= last; bucket++)
        {
            if (bucket != at.Bucket) at = new Continuation(bucket, query.From, 0);
            if (ReadBucket(query, range, documents, ref at)) return new Page(documents, at.ToText(query));
        }
        return new Page(documents, null);
    }

    /// <summary>Adds the documents of one bucket from <paramref name="at"/> on; true when the page is full and another document waits.</summary>
    private bool ReadBucket(IndexQuery query, KeyRange range, List<Document> documents, ref Continuation at)
    {
        _byKey.BindText(1, range.Name).Bind(2, at.Bucket).BindText(3, Utf8.Of(at.Text)).Bind(4, at.N).BindText(5, range.To);
        try
        {
            while (_byKey.Step())
            {
                if (!range.IsFirst(_byKey.Bytes(6), _byKey.Bytes(0))) continue;
                if (documents.Count == query.Limit) return true;
                at = new Continuation(at.Bucket, _byKey.Text(0), _byKey.Long(1));
                documents.Add(new Document(_byKey.Text(2), _byKey.Text(3), _byKey.Text(4), _byKey.Bytes(7).ToArray(), ETag(_byKey.Long(5))));
            }
            return false;
        }
        finally
        {
            _byKey.Reset();
        }
    }

    // A partition is one member's: reading it whole costs less than an index that leads with the partition would cost every write.
    private Page FindInPartition(IndexQuery query, string partition)
    {
        var range = new KeyRange(query);
        var after = query.Continuation is null ? "" : Continuation.Start(query).Text;
        var documents = new List<Document>();
        _byPartition.BindText(1, Utf8.Of(partition)).BindText(2, Utf8.Of(after));
        try
        {
            while (_byPartition.Step())
            {
                if (query.Bucket is { } bucket && bucket != _byPartition.Long(3) || !range.Matches(_byPartition.Bytes(4))) continue;
                if (documents.Count == query.Limit) return new Page(documents, new Continuation(PreparedKeys.NoBucket, after, 0).ToText(query));
                after = _byPartition.Text(0);
                documents.Add(new Document(partition, after, _byPartition.Text(1), _byPartition.Bytes(5).ToArray(), ETag(_byPartition.Long(2))));
            }
            return new Page(documents, null);
        }
        finally
        {
            _byPartition.Reset();
        }
    }

    private static string ETag(long version) => version.ToString(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _read.Dispose();
        _byKey.Dispose();
        _byPartition.Dispose();
        _changes.Dispose();
        _database.Dispose();
    }
}
