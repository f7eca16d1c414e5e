using Club.Store;

namespace Club.Sqlite;

/// <summary>
/// The store's only writer: one thread that puts all waiting commits into one transaction, so that they share one flush to disk.
/// The slower the disk, the larger the groups.
/// </summary>
internal sealed class CommitWriter : IAsyncDisposable
{
    private const int LargestGroup = 2000;
    private const int PruneAt = 20_000;

    private readonly Database _database;
    private readonly Checkpointer _checkpointer;
    private readonly DocumentWriter _documents;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly object _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<PendingCommit> _waiting = [];
    private bool _closing;

    public CommitWriter(Database database, Checkpointer checkpointer)
    {
        _checkpointer = checkpointer;
        _database = database;
        _documents = new DocumentWriter(database);
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        new Thread(Work) { Name = "Store writer", IsBackground = true }.Start();
    }

    public Task<CommitResult> Add(PendingCommit commit)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, typeof(SqliteClubStore));
            _waiting.Add(commit);
            if (_waiting.Count == 1) Monitor.Pulse(_gate);
        }
        return commit.Done;
    }

    private void Work()
    {
        var group = new List<PendingCommit>();
        while (Take(ref group))
        {
            for (var start = 0; start < group.Count; start += LargestGroup)
                WriteGroup(group.GetRange(start, Math.Min(LargestGroup, group.Count - start)));
            group.Clear();
        }
        _ended.SetResult();
    }

    /// <summary>Waits for commits and takes them all; false when the store closes and none is left.</summary>
    private bool Take(ref List<PendingCommit> group)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_closing) Monitor.Wait(_gate);
            (group, _waiting) = (_waiting, group);
            return group.Count > 0;
        }
    }

    private void WriteGroup(List<PendingCommit> group)
    {
        try
        {
            _begin.Run();
            _documents.Begin();
            foreach (var commit in group) commit.Result = _documents.Apply(commit);
            if (_documents.Superseded >= PruneAt) _documents.Prune();
            _commit.Run();
        }
        catch (Exception fault)
        {
            Fail(group, fault as StoreException ?? new StoreException("The store's writer failed.", fault));
            return;
        }
        foreach (var commit in group) commit.Tell();
        _checkpointer.GroupWritten();
    }

    private void Fail(List<PendingCommit> group, StoreException fault)
    {
        try
        {
            if (_database.InTransaction) _database.Execute("ROLLBACK");
        }
        catch (StoreException)
        {
            // SQLite has rolled back by itself; the callers are told the first fault.
        }
        _documents.Forget();
        foreach (var commit in group) commit.Fail(fault);
    }

    /// <summary>Refuses new commits and writes those that wait.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }
        await _ended.Task;
        _checkpointer.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _documents.Dispose();
        _database.Dispose();
    }
}
