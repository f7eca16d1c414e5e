using Club.Store;

namespace Club.Sqlite;

/// <summary>
/// Copies committed pages from the write-ahead log into the file, beside the writer, so that commits do not wait for it. The log can only
/// begin anew once all of it is copied and no one appends: what is left after the bulk is copied by the writer itself, between two groups.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private const int DuePages = 16_384;
    private const int RestPages = 4_096;

    private readonly Database _writer;
    private readonly Database _own;
    private readonly Thread _thread;
    private readonly SemaphoreSlim _due = new(0);
    private volatile bool _copying;
    private volatile bool _closing;
    private volatile int _copied;
    private int _logged;

    public Checkpointer(Database writer, Database own)
    {
        (_writer, _own) = (writer, own);
        writer.Execute("PRAGMA wal_autocheckpoint = 0");
        own.Execute("PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL");
        _thread = new Thread(CopyWhenDue) { Name = "Store checkpointer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>To be called on the writer's thread, outside a transaction.</summary>
    public void GroupWritten()
    {
        _logged += _writer.TakePagesWritten();
        if (_copying || _logged < DuePages) return;
        if (_copied > 0 && _logged - _copied <= RestPages)
        {
            var (logged, copied) = Copy(_writer);
            // Otherwise a reader still needs the log: the next group tries again.
            if (copied == logged) _logged = _copied = 0;
            return;
        }
        _copying = true;
        _due.Release();
    }

    private void CopyWhenDue()
    {
        while (true)
        {
            _due.Wait();
            if (_closing) return;
            _copied = Copy(_own).Copied;
            _copying = false;
        }
    }

    private static (int Logged, int Copied) Copy(Database database)
    {
        try
        {
            return database.Checkpoint();
        }
        catch (StoreException)
        {
            // Nothing is lost: the log keeps what was not copied, and a disk that fails fails the next commit.
            return (0, -1);
        }
    }

    public void Dispose()
    {
        if (_closing) return;
        _closing = true;
        _due.Release();
        _thread.Join();
        _due.Dispose();
        _own.Dispose();
    }
}
