using System.Diagnostics;
using System.Globalization;
using Club.Store;
using Sqlite.Integrity;

namespace Club.Sqlite;

/// <summary>
/// The embedded store: one SQLite file. Commits are durable when they return (write-ahead log, <c>synchronous=FULL</c>); waiting commits
/// share one transaction. Reads run on the caller's thread, alongside the writer. An ETag is the version number of the write that made the
/// document.
/// </summary>
public sealed class SqliteClubStore : IClubStore, IPurges, IAsyncDisposable
{
    private const int KeptReaders = 16;
    private static readonly TimeSpan PurgePause = TimeSpan.FromMilliseconds(20), PurgePatience = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly CommitWriter? _writer;
    private readonly bool _skipsDamaged;
    private readonly DocumentReader?[] _readers = new DocumentReader?[KeptReaders];
    private volatile bool _closed;

    private SqliteClubStore(string path, CommitWriter? writer, bool skipsDamaged) =>
        (_path, _writer, _skipsDamaged) = (path, writer, skipsDamaged);

    /// <summary>Opens the file, and creates it with its directories where it does not exist.</summary>
    /// <param name="path">The database file; SQLite keeps <c>-wal</c> and <c>-shm</c> files beside it.</param>
    /// <param name="readOnly">For reading beside a process that writes: the file must exist, and commits are refused.</param>
    /// <param name="skipsDamaged">Documents that are not what was written are passed over, where they would be a fault; see
    /// <see cref="StoreCheck"/>.</param>
    /// <exception cref="StoreException">The file cannot be opened, is no club store, is of another version, or its log is
    /// damaged.</exception>
    public static SqliteClubStore Open(string path, bool readOnly = false, bool skipsDamaged = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        if (!skipsDamaged && LogCheck.Check(path) is { } damage) throw new StoreException(damage);
        var store = new SqliteClubStore(path, readOnly ? null : OpenWriter(path), skipsDamaged);
        if (readOnly) store.Return(store.OpenReader());
        return store;
    }

    public ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default)
    {
        StoreArguments.Check(partition, id);
        cancellation.ThrowIfCancellationRequested();
        return new(Using((partition, id), static (reader, key) => reader.Read(key.partition, key.id)));
    }

    /// <remarks>Cancellation is heard until the commit is handed to the writer; from then on it is carried through.</remarks>
    public ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default)
    {
        StoreArguments.Check(partition, writes);
        cancellation.ThrowIfCancellationRequested();
        if (_writer is null) throw new StoreException($"{_path} is opened for reading only.");
        return new(_writer.Add(new PendingCommit(partition, writes)));
    }

    public ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default)
    {
        StoreArguments.Check(query);
        cancellation.ThrowIfCancellationRequested();
        return new(Using(query, static (reader, query) => reader.Find(query)));
    }

    public ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        cancellation.ThrowIfCancellationRequested();
        var after = 0L;
        if (bookmark is not null && !long.TryParse(bookmark, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw new ArgumentException("The bookmark is not one that the store gave out.", nameof(bookmark));
        return new(Using((after, limit), static (reader, since) => reader.Changes(since.after, since.limit)));
    }

    /// <summary>The documents that were written last, oldest first.</summary>
    public IReadOnlyList<Document> Newest(int count) => Using(count, static (reader, count) => reader.Newest(count));

    /// <inheritdoc/>
    /// <remarks>What is deleted is overwritten in the file; the log is copied into it and emptied.</remarks>
    public async Task<bool> Purge(CancellationToken cancellation)
    {
        using var database = new Database(_path, readOnly: false);
        database.Execute("PRAGMA secure_delete = ON");
        // A connection that has read nothing does not know of the log yet.
        database.Scalar("SELECT count(*) FROM sqlite_schema");
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < PurgePatience;)
        {
            database.Truncate();
            if (new FileInfo(_path + "-wal") is not { Exists: true, Length: > 0 }) return true;
            await Task.Delay(PurgePause, cancellation);
        }
        return false;
    }

    /// <summary>Writes what has been handed over, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        if (_writer is not null) await _writer.DisposeAsync();
        CloseReaders();
    }

    private static CommitWriter OpenWriter(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The directory of {path} cannot be created: {fault.Message}", fault);
        }
        return Guard(new Database(path, readOnly: false), database =>
        {
            Schema.Ensure(database, path);
            database.Execute("PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY");
            // What a kill left in the log is copied now: many kills in a row would let it grow without end.
            database.Truncate();
            return new CommitWriter(database, new Checkpointer(database, new Database(path, readOnly: false)));
        });
    }

    private DocumentReader OpenReader() => Guard(new Database(_path, readOnly: _writer is null), database =>
    {
        Schema.Verify(database, _path);
        database.Execute("PRAGMA query_only = ON");
        return new DocumentReader(database, _skipsDamaged);
    });

    /// <summary>Closes the connection when what is built upon it fails.</summary>
    private static T Guard<T>(Database database, Func<Database, T> build)
    {
        try
        {
            return build(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private TResult Using<TArgument, TResult>(TArgument argument, Func<DocumentReader, TArgument, TResult> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var reader = Take() ?? OpenReader();
        try
        {
            return read(reader, argument);
        }
        finally
        {
            Return(reader);
            if (_closed) CloseReaders();
        }
    }

    private DocumentReader? Take()
    {
        foreach (ref var slot in _readers.AsSpan())
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } reader) return reader;
        return null;
    }

    private void Return(DocumentReader reader)
    {
        foreach (ref var slot in _readers.AsSpan())
            if (slot is null && Interlocked.CompareExchange(ref slot, reader, null) is null) return;
        reader.Dispose();
    }

    private void CloseReaders()
    {
        while (Take() is { } reader) reader.Dispose();
    }
}
