using System.Globalization;
using Club.Store;

namespace Club.Sqlite;

/// <summary>
/// The embedded store's file while it is filled by one process that can fill it again: one connection, on the caller's thread, and many
/// commits in one transaction. A killed process leaves all commits up to some moment, and none after; a power failure may take more. All is
/// durable once the store is closed. Whoever opens the file meanwhile sees what was kept by then.
/// </summary>
public sealed class FilledClubStore : IClubStore, IPurges, IAsyncDisposable
{
    private const int PruneAt = 20_000;

    private readonly Lock _gate = new();
    private readonly int _together;
    private readonly Database _database;
    private readonly DocumentReader _reader;
    private readonly DocumentWriter _writer;
    private readonly Statement _begin, _commit;
    private int _waiting;
    private bool _ended;

    private FilledClubStore(int together, Database database)
    {
        (_together, _database) = (together, database);
        (_begin, _commit) = (database.Prepare("BEGIN IMMEDIATE"), database.Prepare("COMMIT"));
        (_reader, _writer) = (new DocumentReader(database, skipsDamaged: false), new DocumentWriter(database));
    }

    /// <param name="path">The file, which is created where it does not exist.</param>
    /// <param name="together">How many commits one transaction holds: 1, where another store relies on what is told here.</param>
    /// <exception cref="StoreException">The file cannot be opened, or is no club store.</exception>
    public static FilledClubStore Open(string path, int together)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var database = new Database(path, readOnly: false);
        try
        {
            Schema.Ensure(database, path);
            database.Execute("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -131072; PRAGMA temp_store = MEMORY; "
                + "PRAGMA wal_autocheckpoint = 16384");
            return new FilledClubStore(together, database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default)
    {
        StoreArguments.Check(partition, id);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate) return new(Reader().Read(partition, id));
    }

    public ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default)
    {
        StoreArguments.Check(partition, writes);
        cancellation.ThrowIfCancellationRequested();
        var commit = new PendingCommit(partition, writes);
        lock (_gate)
        {
            Reader();
            try
            {
                if (_waiting == 0) Begin();
                var result = _writer.Apply(commit);
                if (++_waiting >= _together) End();
                return new(result);
            }
            catch
            {
                // What was told as kept may be lost with the transaction: nothing is told any more.
                _ended = true;
                throw;
            }
        }
    }

    public ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default)
    {
        StoreArguments.Check(query);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate) return new(Reader().Find(query));
    }

    public ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        cancellation.ThrowIfCancellationRequested();
        var after = 0L;
        if (bookmark is not null && !long.TryParse(bookmark, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw new ArgumentException("The bookmark is not one that the store gave out.", nameof(bookmark));
        lock (_gate) return new(Reader().Changes(after, limit));
    }

    /// <summary>Ends the transaction: a killed process leaves all that was committed by now.</summary>
    public void Keep()
    {
        lock (_gate)
        {
            Reader();
            if (_waiting > 0) End();
        }
    }

    /// <inheritdoc/>
    public Task<bool> Purge(CancellationToken cancellation)
    {
        lock (_gate)
        {
            Reader();
            if (_waiting > 0) End();
            _database.Truncate();
            return Task.FromResult(true);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_ended && _waiting > 0) End();
            _ended = true;
            foreach (var one in (ReadOnlySpan<IDisposable>)[_begin, _commit, _writer, _reader]) one.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private DocumentReader Reader()
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        return _reader;
    }

    private void Begin()
    {
        _begin.Run();
        _writer.Begin();
    }

    private void End()
    {
        if (_writer.Superseded >= PruneAt) _writer.Prune();
        _commit.Run();
        _waiting = 0;
    }
}
