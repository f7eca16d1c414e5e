using Club.Store;
using SQLitePCL;

namespace Club.Sqlite;

/// <summary>
/// One connection, used by one thread at a time. It speaks to SQLite's C interface: the store runs the same dozen prepared statements
/// over and over, and a command object for each run costs more than SQLite's own work.
/// </summary>
internal sealed class Database : IDisposable
{
    private const int BusyMilliseconds = 5000;

    private readonly string _path;
    private readonly sqlite3 _handle;

    static Database() => Batteries_V2.Init();

    /// <exception cref="StoreException">The file cannot be opened.</exception>
    public Database(string path, bool readOnly)
    {
        _path = path;
        var mode = readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE;
        var code = raw.sqlite3_open_v2(path, out _handle, mode | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            var fault = Fault(code);
            _handle.Dispose();
            throw fault;
        }
        _ = raw.sqlite3_busy_timeout(_handle, BusyMilliseconds);
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var statement));
        return new Statement(this, statement);
    }

    public long Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Long(0) : 0;
    }

    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Copies pages from the write-ahead log into the file without waiting for anyone; the counts are those of the whole
    /// log.</summary>
    public (int Logged, int Copied) Checkpoint()
    {
        var code = raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var logged, out var copied);
        if (code == raw.SQLITE_BUSY) return (logged, -1);
        Check(code);
        return (logged, copied);
    }

    /// <summary>Copies the whole log and empties it; where somebody else reads, it is left to the next time.</summary>
    public void Truncate()
    {
        var code = raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        if (code != raw.SQLITE_BUSY) Check(code);
    }

    /// <summary>The pages that this connection has written since it was asked last.</summary>
    public int TakePagesWritten()
    {
        Check(raw.sqlite3_db_status(_handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1));
        return pages;
    }

    public void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw Fault(code);
    }

    public StoreException Fault(int code)
    {
        var reason = _handle is null or { IsInvalid: true } ? raw.sqlite3_errstr(code) : raw.sqlite3_errmsg(_handle);
        return new StoreException($"SQLite cannot use {_path}: {reason.utf8_to_string()} (code {code}).");
    }

    public void Dispose() => _handle.Dispose();
}
