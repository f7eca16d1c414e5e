using System.Globalization;
using Club.Store;
using Sqlite.Integrity;

namespace Club.Sqlite;

/// <summary>Decides and writes one commit after another on the writer's connection, inside a transaction that its caller opens and
/// closes.</summary>
internal sealed class DocumentWriter(Database database) : IDisposable
{
    private readonly Statement _find = database.Prepare("SELECT n, version, bucket, ix FROM docs WHERE partition = ?1 AND id = ?2");
    private readonly Statement _insert = database.Prepare(
        "INSERT INTO docs(n, version, bucket, partition, id, type, ix, body, sum) VALUES(?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    private readonly Statement _update = database.Prepare(
        "UPDATE docs SET version = ?1, bucket = ?2, type = ?3, ix = ?4, body = ?5, sum = ?7 WHERE n = ?6");
    private readonly Statement _delete = database.Prepare("DELETE FROM docs WHERE n = ?1");
    private readonly Statement _log = database.Prepare("INSERT INTO changes(version, n) VALUES(?1, ?2)");
    private readonly Statement _prune = database.Prepare("DELETE FROM changes WHERE version = ?1");
    private readonly Statement _addKey = database.Prepare("INSERT INTO keys(name, bucket, value, n) VALUES(?1, ?2, ?3, ?4)");
    private readonly Statement _dropKey = database.Prepare("DELETE FROM keys WHERE name = ?1 AND bucket = ?2 AND value = ?3 AND n = ?4");
    private readonly Statement _lastVersion = database.Prepare(
        "SELECT max((SELECT ifnull(max(n), 0) FROM docs), (SELECT ifnull(max(version), 0) FROM changes))");
    private readonly Current[] _current = new Current[StoreLimits.WritesPerCommit];
    private readonly List<long> _superseded = [];

    private long _version;

    /// <summary>What the store holds under a write's id; <see cref="OldKeys"/> only when the write changes them.</summary>
    private readonly record struct Current(long N, long Version, PreparedKeys? OldKeys);

    /// <summary>Log rows written before that no longer name a latest version.</summary>
    public int Superseded => _superseded.Count;

    /// <summary>Takes up the version counter where the file left it: another process may have written too.</summary>
    public void Begin()
    {
        _lastVersion.Step();
        _version = _lastVersion.Long(0);
        _lastVersion.Reset();
    }

    public CommitResult Apply(PendingCommit commit)
    {
        if (Refusal(commit) is { } refusal) return refusal;
        var etags = new string[commit.Writes.Length];
        for (var i = 0; i < etags.Length; i++)
        {
            Write(commit.Partition, commit.Writes[i], _current[i]);
            etags[i] = commit.Writes[i].Kind == WriteKind.Delete ? "" : _version.ToString(CultureInfo.InvariantCulture);
        }
        return new CommitResult.Written(etags);
    }

    /// <summary>Deletes superseded log rows, in order, so that each page of the log is touched once for many rows.</summary>
    public void Prune()
    {
        _superseded.Sort();
        foreach (var version in _superseded) _prune.Bind(1, version).Run();
        _superseded.Clear();
    }

    /// <summary>After a rollback: the rows that the lost transaction superseded are the latest again.</summary>
    public void Forget() => _superseded.Clear();

    private CommitResult? Refusal(PendingCommit commit)
    {
        List<string>? taken = null, stale = null;
        for (var i = 0; i < commit.Writes.Length; i++)
        {
            var write = commit.Writes[i];
            _current[i] = Find(commit.Partition, write);
            if (write.Kind == WriteKind.Create)
            {
                if (_current[i].Version != 0) (taken ??= []).Add(write.Id);
            }
            else if (_current[i].Version == 0 || _current[i].Version != write.IfMatch)
            {
                (stale ??= []).Add(write.Id);
            }
        }
        return taken is not null ? new CommitResult.Exists(taken) : stale is not null ? new CommitResult.Conflict(stale) : null;
    }

    private Current Find(byte[] partition, PreparedWrite write)
    {
        _find.BindText(1, partition).BindText(2, write.IdBytes);
        if (!_find.Step())
        {
            _find.Reset();
            return default;
        }
        var bucket = (int)_find.Long(2);
        var keys = _find.Bytes(3);
        var current = new Current(_find.Long(0), _find.Long(1), write.Keys.Same(keys, bucket) ? null : PreparedKeys.Stored(keys, bucket));
        _find.Reset();
        return current;
    }

    private void Write(byte[] partition, PreparedWrite write, Current current)
    {
        _version++;
        var n = current.Version == 0 ? _version : current.N;
        var sum = Checksum.OfRow(write.Sum, n, _version, write.Keys.Bucket);
        switch (write.Kind)
        {
            case WriteKind.Create:
                _insert.Bind(1, n).Bind(2, write.Keys.Bucket).BindText(3, partition).BindText(4, write.IdBytes)
                    .BindText(5, write.Type).BindText(6, write.Keys.Text).BindBlob(7, write.Json.Span).Bind(8, sum).Run();
                break;
            case WriteKind.Replace:
                _update.Bind(1, _version).Bind(2, write.Keys.Bucket).BindText(3, write.Type).BindText(4, write.Keys.Text)
                    .BindBlob(5, write.Json.Span).Bind(6, n).Bind(7, sum).Run();
                break;
            case WriteKind.Delete:
                _delete.Bind(1, n).Run();
                break;
        }
        // A delete is logged too: its row tells nothing, but keeps the version from being given out again.
        if (write.Kind != WriteKind.Create) _log.Bind(1, _version).Bind(2, n).Run();
        if (current.Version > current.N) _superseded.Add(current.Version);
        RewriteKeys(n, current.Version == 0 ? PreparedKeys.None : current.OldKeys, write.Keys);
    }

    private void RewriteKeys(long n, PreparedKeys? old, PreparedKeys keys)
    {
        if (old is null) return;
        foreach (var key in old.Keys)
            if (!keys.Has(key)) Run(_dropKey, n, key);
        foreach (var key in keys.Keys)
            if (!old.Has(key)) Run(_addKey, n, key);
    }

    private static void Run(Statement statement, long n, PreparedKey key) =>
        statement.BindText(1, key.Name).Bind(2, key.Bucket).BindText(3, key.Value).Bind(4, n).Run();

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_find, _insert, _update, _delete, _log, _prune, _addKey, _dropKey,
            _lastVersion])
            statement.Dispose();
    }
}
