using System.Globalization;
using Club.Store;
using Sqlite.Integrity;

namespace Club.Sqlite;

/// <summary>One reading connection with its prepared statements. Each call sees one consistent state of the file.</summary>
internal sealed class DocumentReader : IDisposable
{
    /// <summary>The columns of a document, from <c>d</c>.</summary>
    private const string Row = "d.n, d.version, d.bucket, d.partition, d.id, d.type, d.ix, d.sum, d.body";

    private readonly Database _database;
    private readonly bool _skipsDamaged;
    private readonly Statement _read;
    private readonly Statement _byKey;
    private readonly Statement _byPartition;
    private readonly Statement _changes;

    /// <param name="skipsDamaged">To look at what is left of a damaged file; otherwise a document that is not what was written is a
    /// fault.</param>
    public DocumentReader(Database database, bool skipsDamaged)
    {
        (_database, _skipsDamaged) = (database, skipsDamaged);
        _read = database.Prepare($"SELECT {Row} FROM docs d WHERE d.partition = ?1 AND d.id = ?2");
        _byKey = database.Prepare($"""
            SELECT {Row}, k.value, k.n FROM keys k JOIN docs d ON d.n = k.n
            WHERE k.name = ?1 AND k.bucket = ?2 AND (k.value, k.n) > (?3, ?4) AND k.value <= ?5 ORDER BY k.value, k.n
            """);
        _byPartition = database.Prepare($"SELECT {Row} FROM docs d WHERE d.partition = ?1 AND d.id > ?2 ORDER BY d.id");
        _changes = database.Prepare($"""
            SELECT {Row}, d.n AS at FROM docs d WHERE d.n > ?1 AND d.version = d.n
            UNION ALL
            SELECT {Row}, c.version FROM changes c LEFT JOIN docs d ON d.n = c.n AND d.version = c.version
            WHERE c.version > ?1 ORDER BY at
            """);
    }

    public Document? Read(string partition, string id)
    {
        _read.BindText(1, Utf8.Of(partition)).BindText(2, Utf8.Of(id));
        try
        {
            return _read.Step() && IsWhole(_read) ? DocumentOf(_read) : null;
        }
        finally
        {
            _read.Reset();
        }
    }

    private static Document DocumentOf(Statement row) =>
        new(row.Text(3), row.Text(4), row.Text(5), row.Bytes(8).ToArray(), ETag(row.Long(1)));

    /// <summary>Whether a row is exactly what was written: asked before anything in it is believed.</summary>
    /// <exception cref="StoreException">It is not, and damaged documents are not to be skipped.</exception>
    private bool IsWhole(Statement row)
    {
        var content = Checksum.OfContent(row.Bytes(3), row.Bytes(4), row.Bytes(5), row.Bytes(6), row.Bytes(8));
        if (Checksum.OfRow(content, row.Long(0), row.Long(1), row.Long(2)) == row.Long(7)) return true;
        return _skipsDamaged ? false : throw new StoreException(
            $"Document {row.Text(4)} of {row.Text(3)} is damaged: it is not what was written. Restore the store from a backup; verify names all that is wrong.");
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
                after = _changes.Long(9);
                if (!_changes.IsNull(0) && IsWhole(_changes)) documents.Add(DocumentOf(_changes));
            }
        }
        finally
        {
            _changes.Reset();
        }
        return new ChangePage(documents, ETag(after));
    }

    /// <summary>The documents that were written last, oldest first; fewer than <paramref name="count"/> where some were written over
    /// since.</summary>
    public IReadOnlyList<Document> Newest(int count)
    {
        var last = Math.Max(_database.Scalar("SELECT coalesce(max(n), 0) FROM docs"),
            _database.Scalar("SELECT coalesce(max(version), 0) FROM changes"));
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

    /// <summary>Adds the documents of one bucket from <paramref name="at"/> on; true when the page is full and another document
    /// waits.</summary>
    private bool ReadBucket(IndexQuery query, KeyRange range, List<Document> documents, ref Continuation at)
    {
        _byKey.BindText(1, range.Name).Bind(2, at.Bucket).BindText(3, Utf8.Of(at.Text)).Bind(4, at.N).BindText(5, range.To);
        try
        {
            while (_byKey.Step())
            {
                if (!IsWhole(_byKey) || !range.IsFirst(_byKey.Bytes(6), _byKey.Bytes(9)) || !range.HasRequired(_byKey.Bytes(6))) continue;
                if (documents.Count == query.Limit) return true;
                at = new Continuation(at.Bucket, _byKey.Text(9), _byKey.Long(10));
                documents.Add(DocumentOf(_byKey));
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
                if (!IsWhole(_byPartition) || query.Bucket is { } bucket && bucket != _byPartition.Long(2)
                    || !range.Matches(_byPartition.Bytes(6)))
                    continue;
                if (documents.Count == query.Limit)
                    return new Page(documents, new Continuation(PreparedKeys.NoBucket, after, 0).ToText(query));
                after = _byPartition.Text(4);
                documents.Add(DocumentOf(_byPartition));
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
