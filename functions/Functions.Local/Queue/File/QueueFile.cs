using Microsoft.Data.Sqlite;

namespace Functions.Local.Queue;

/// <summary>
/// The file behind the queues. One thread writes; it commits together whatever waits, so an append costs a share of one flush to disk.
/// </summary>
internal sealed partial class QueueFile : IDisposable
{
    /// <summary>How long changes that nobody waits for may gather before they are committed.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(25);

    /// <summary>After so much quiet the log is emptied: it still holds the bodies of messages that are done.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>Why a damaged message is a dead letter.</summary>
    public const string DamageReason = "The message is damaged: it is not what was written. Have its sender repeat it.";

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly string _connectionString;
    private readonly SqliteConnection _connection;
    private readonly ILogger _log;
    private readonly Thread _writer;
    private List<QueueChange> _pending = [];
    private bool _urgent;
    private bool _logged;
    private bool _closing;
    private int _damaged;

    public QueueFile(string path, ILogger log)
    {
        _log = log;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        _connection = Open();
        QueueSchema.Ensure(_connection);
        Truncate();
        _writer = new Thread(Write) { IsBackground = true, Name = "queue writer" };
        _writer.Start();
    }

    /// <summary>A connection for reading; the caller disposes it.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            connection.Run(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=5000; PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=33554432;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Messages that were found damaged since the start.</summary>
    public int Damaged => Volatile.Read(ref _damaged);

    /// <summary>A damaged message was met and set aside.</summary>
    public void TellDamage(string? queue, string messageId)
    {
        Interlocked.Increment(ref _damaged);
        Log.Damaged(_log, messageId, queue ?? "?");
    }

    /// <summary>Hands a change to the writer. Its outcome comes back through <see cref="QueueChange.Committed"/> or
    /// <see cref="QueueChange.Failed"/>.</summary>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public void Enqueue(QueueChange change)
    {
        bool wake;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            wake = _pending.Count == 0 || (change.IsUrgent && !_urgent);
            _urgent |= change.IsUrgent;
            _pending.Add(change);
        }

        if (wake) _wake.Release();
    }

    /// <summary>Writes what waits, then closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closing) return;
            _closing = true;
        }

        _wake.Release();
        _writer.Join();
        _connection.Dispose();
    }

    private void Write()
    {
        using var statements = new QueueStatements(_connection);
        while (Take() is { } changes) Commit(changes, statements);
    }

    /// <summary>The changes to commit together, or null when the file closes and none is left.</summary>
    private List<QueueChange>? Take()
    {
        while (true)
        {
            if (!_wake.Wait(_logged ? Quiet : Timeout.InfiniteTimeSpan))
            {
                Truncate();
                continue;
            }

            lock (_gate)
            {
                if (_urgent || _closing) return Swap();
                if (_pending.Count == 0) continue;
            }

            _wake.Wait(Gathering);
            lock (_gate) return Swap();
        }
    }

    private List<QueueChange>? Swap()
    {
        if (_pending.Count == 0) return _closing ? null : [];
        if (_closing) _wake.Release();
        var taken = _pending;
        (_pending, _urgent) = ([], false);
        return taken;
    }

    private void Commit(List<QueueChange> changes, QueueStatements statements)
    {
        if (changes.Count == 0) return;
        try
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            statements.Transaction = transaction;
            foreach (var change in changes) change.Apply(statements);
            transaction.Commit();
            _logged = true;
        }
        catch (Exception e)
        {
            Log.NotWritten(_log, changes.Count, e);
            foreach (var change in changes) change.Failed(e);
            return;
        }

        if (changes.Exists(change => change.LeavesNothing)) Truncate();
        foreach (var change in changes) change.Committed();
    }

    /// <summary>Moves the log into the file, where what was deleted is overwritten, and leaves nothing of it.</summary>
    private void Truncate()
    {
        _logged = false;
        try
        {
            _connection.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // Somebody reads; after the next change there is another chance.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error,
            "{Count} changes of the queue could not be written; what was to be added is refused, what was done may be repeated after a restart")]
        public static partial void NotWritten(ILogger logger, int count, Exception exception);

        [LoggerMessage(2, LogLevel.Critical,
            "Message {MessageId} of the queue {Queue} is damaged, it is not what was written; it is dead-lettered. The disk may be failing: stop the host and run verify")]
        public static partial void Damaged(ILogger logger, string messageId, string queue);
    }
}
