namespace Club.Store;

/// <summary>The rows of one projection while a page is projected: read when asked for, written with the bookmark.</summary>
public sealed class ProjectionRows(IClubStore store, string partition)
{
    /// <summary>Every row has this key, with its id, so that a rebuild finds all.</summary>
    public const string RowIndex = "ownRow";

    private readonly Dictionary<string, (object? Row, string? ETag, Write? Write)> _rows = new(StringComparer.Ordinal);

    internal IEnumerable<Write> Writes => _rows.Values.Select(row => row.Write).OfType<Write>();

    /// <summary>The row as this page has left it so far; null when there is none.</summary>
    public async ValueTask<T?> Get<T>(string id, CancellationToken cancellation) where T : class, IStored<T>
    {
        if (_rows.TryGetValue(id, out var known)) return (T?)known.Row;
        var stored = await store.Read<T>(partition, id, cancellation);
        _rows[id] = (stored?.Value, stored?.ETag, null);
        return stored?.Value;
    }

    /// <summary>The row was asked for before.</summary>
    public void Put<T>(T row) where T : class, IStored<T>
    {
        var etag = _rows[row.DocumentId].ETag;
        var keys = new IndexKeys([.. row.Index.Keys, new IndexKey(RowIndex, row.DocumentId)], row.Index.Bucket);
        Write write = etag is null ? row.ToCreate() with { Index = keys } : row.ToReplace(etag) with { Index = keys };
        _rows[row.DocumentId] = (row, etag, write);
    }
}
