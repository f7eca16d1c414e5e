using System.Text;
using Club.Sqlite;
using Club.Store;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Club.Tests.Store;

public sealed class SqliteStoreTests : StoreContract
{
    private readonly string _directory = Directory.CreateTempSubdirectory("club-store-").FullName;

    private string File => Path.Combine(_directory, "data", "club.db");

    protected override Task<IClubStore> Open() => Task.FromResult<IClubStore>(SqliteClubStore.Open(File));

    protected override Func<Task<IClubStore>> Reopen => Open;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Every_acknowledged_commit_survives_an_abrupt_end()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var acknowledged = new int[4];
        var enough = new TaskCompletionSource();
        var writers = Enumerable.Range(0, acknowledged.Length).Select(w => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await Written($"m{w}", Create($"d{i}", i, Keys(("k", $"w{w}"))));
                Volatile.Write(ref acknowledged[w], i + 1);
                if (i == 100) enough.TrySetResult();
            }
        }, Cancellation)).ToArray();
        await enough.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        // What another process would find if this one ended now. The log is copied last: so few commits only ever append to it.
        var before = acknowledged.Select((_, w) => Volatile.Read(ref acknowledged[w])).ToArray();
        var copy = Path.Combine(_directory, "copy.db");
        System.IO.File.Copy(File, copy);
        System.IO.File.Copy(File + "-wal", copy + "-wal");
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        await using var survivor = SqliteClubStore.Open(copy);
        for (var w = 0; w < before.Length; w++)
        {
            for (var i = 0; i < before[w]; i++) Assert.NotNull(await survivor.Read($"m{w}", $"d{i}", Cancellation));
            var found = 0;
            await foreach (var _ in survivor.FindAll(IndexQuery.Equal("k", $"w{w}"), Cancellation)) found++;
            Assert.InRange(found, before[w], int.MaxValue);
        }
        Assert.IsType<CommitResult.Written>(await survivor.Commit("m0", [Create("after")], Cancellation));
    }

    [Fact]
    public async Task A_refused_commit_leaves_its_neighbours_in_the_group_alone()
    {
        await Written("taken", Create("a"));
        List<Task<CommitResult>> commits;
        using (HoldWriteLock())
        {
            // All of these wait for the lock, so they share a group.
            commits = [.. Enumerable.Range(0, 50)
                .Select(i => Commit(i % 10 == 0 ? "taken" : $"m{i}", Create("a", i), Create("b")).AsTask())];
        }
        var results = await Task.WhenAll(commits);
        Assert.Equal(Enumerable.Range(0, 50).Where(i => i % 10 == 0),
            Enumerable.Range(0, 50).Where(i => results[i] is CommitResult.Exists));
        for (var i = 1; i < 10; i++) Assert.Equal(i, Value(await Present($"m{i}", "a")));
        Assert.Null(await Store.Read("taken", "b", Cancellation));
    }

    [Fact]
    public async Task Commits_of_one_group_see_each_other()
    {
        var etag = (await Written("m", Create("a", 0)))[0];
        List<Task<CommitResult>> commits;
        using (HoldWriteLock()) commits = [.. Enumerable.Range(1, 20).Select(i => Commit("m", Replace("a", etag, i)).AsTask())];
        var results = await Task.WhenAll(commits);
        Assert.Single(results.OfType<CommitResult.Written>());
        Assert.Equal(19, results.OfType<CommitResult.Conflict>().Count());
    }

    [Fact]
    public async Task A_fault_fails_the_commits_it_met_and_no_later_one()
    {
        await Written("m", Create("a", 1, Keys(("k", "x"))));
        Assert.Equal(["a"], await Found(IndexQuery.Equal("k", "x")));
        Sql("ALTER TABLE keys RENAME TO hidden");
        await Assert.ThrowsAsync<StoreException>(async () => await Commit("m", Create("b", 2, Keys(("k", "x")))));
        await Assert.ThrowsAsync<StoreException>(async () => await Store.Find(IndexQuery.Equal("k", "x"), Cancellation));
        Assert.Null(await Store.Read("m", "b", Cancellation));
        Sql("ALTER TABLE hidden RENAME TO keys");

        await Written("m", Create("b", 3, Keys(("k", "x"))));
        AssertSame(["a", "b"], await Found(IndexQuery.Equal("k", "x")));
    }

    [Fact]
    public async Task Closing_writes_what_was_handed_over_and_refuses_what_comes_after()
    {
        var commits = Enumerable.Range(0, 500).Select(i => Commit($"m{i}", Create("a", i)).AsTask()).ToArray();
        await ((IAsyncDisposable)Store).DisposeAsync();
        Assert.All(await Task.WhenAll(commits), result => Assert.IsType<CommitResult.Written>(result));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Commit("late", Create("a")));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Store.Read("m1", "a", Cancellation));
        await using var again = SqliteClubStore.Open(File);
        Assert.NotNull(await again.Read("m499", "a", Cancellation));
    }

    [Fact]
    public async Task A_reader_beside_the_writer_sees_its_commits_and_cannot_commit()
    {
        await Written("m", Create("a", 1, Keys(("k", "x"))));
        await using var reader = SqliteClubStore.Open(File, readOnly: true);
        Assert.NotNull(await reader.Read("m", "a", Cancellation));
        await Written("m", Create("b", 2, Keys(("k", "x"))));
        Assert.Equal(2, (await reader.Find(IndexQuery.Equal("k", "x"), Cancellation)).Documents.Count);
        Assert.Equal(2, (await reader.Changes(null, 10, Cancellation)).Documents.Count);
        await Assert.ThrowsAsync<StoreException>(async () => await reader.Commit("m", [Create("c")], Cancellation));
    }

    [Fact]
    public async Task A_reader_opens_a_file_that_no_one_else_has_open()
    {
        await Written("m", Create("a", 1));
        await ((IAsyncDisposable)Store).DisposeAsync();
        await using var reader = SqliteClubStore.Open(File, readOnly: true);
        Assert.NotNull(await reader.Read("m", "a", Cancellation));
    }

    [Fact]
    public async Task Two_stores_on_one_file_give_out_different_versions()
    {
        await using var second = SqliteClubStore.Open(File);
        var etags = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 20; i++)
        {
            var store = i % 2 == 0 ? Store : second;
            var written = Assert.IsType<CommitResult.Written>(await store.Commit("m", [Create($"d{i}", i)], Cancellation));
            Assert.True(etags.Add(written.ETags[0]));
        }
        Assert.Equal(Enumerable.Range(0, 20), (await second.Changes(null, 100, Cancellation)).Documents.Select(Value));
    }

    [Fact]
    public async Task The_log_forgets_superseded_versions_and_still_tells_the_latest()
    {
        var partitions = Enumerable.Range(0, 100).Select(i => $"m{i}").ToArray();
        await Task.WhenAll(partitions.Select(p => Task.Run(async () =>
        {
            var etag = (await Written(p, Create("a", 0)))[0];
            for (var i = 1; i <= 400; i++) etag = (await Written(p, Replace("a", etag, i)))[0];
        }, Cancellation)));
        Assert.InRange(Count("SELECT count(*) FROM changes"), 100, 30_000);
        var (changes, _) = await ChangesSince(null);
        AssertSame(partitions, changes.Select(d => d.Partition));
        Assert.All(changes, d => Assert.Equal(400, Value(d)));
    }

    [Fact]
    public async Task The_write_ahead_log_is_begun_anew_before_it_grows_without_end()
    {
        var etag = (await Written("m", new Write.Create("a", "thing", Megabyte('.'), IndexKeys.None)))[0];
        long length = 0, before = -1;
        for (var i = 0; i < 500 && length != before; i++)
        {
            etag = (await Written("m", new Write.Replace("a", "thing", Megabyte((char)('a' + i % 26)), IndexKeys.None, etag)))[0];
            (before, length) = (length, new FileInfo(File + "-wal").Length);
        }
        Assert.Equal(before, length);
        Assert.Equal(etag, (await Present("m", "a")).ETag);
    }

    [Fact]
    public async Task A_tampered_continuation_is_refused()
    {
        for (var i = 0; i < 5; i++) await Written($"m{i}", Create("a", i, Keys(("k", "x"), ("j", "x"))));
        var query = IndexQuery.Equal("k", "x") with { Limit = 2 };
        var continuation = (await Store.Find(query, Cancellation)).Continuation!;
        var tampered = continuation[..^3] + (continuation[^3] == 'A' ? 'B' : 'A') + continuation[^2..];
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.Find(query with { Continuation = tampered }, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await Store.Find(query with { Index = "j", Continuation = continuation }, Cancellation));
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused_and_never_stored_as_another_text()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Commit("m", Create("a\uD83D")));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Commit("m", Create("a", 1, Keys(("k", "\uDE97")))));
    }

    [Theory]
    [InlineData("not a database at all, but long enough to have a header that SQLite would look at, and then some more of it")]
    [InlineData("CREATE TABLE other(x)")]
    [InlineData("PRAGMA user_version = 999; PRAGMA application_id = 1131181410; CREATE TABLE docs(x)")]
    public void A_file_that_is_no_club_store_is_refused_with_its_name(string content)
    {
        var file = Path.Combine(_directory, "other.db");
        if (content.StartsWith("not", StringComparison.Ordinal)) System.IO.File.WriteAllText(file, content);
        else Sql(content, file);
        foreach (var readOnly in (bool[])[false, true])
            Assert.Contains(file, Assert.Throws<StoreException>(() => SqliteClubStore.Open(file, readOnly)).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_cannot_be_opened_is_refused_with_its_name()
    {
        var file = Path.Combine(_directory, "plain.txt");
        System.IO.File.WriteAllText(file, "x");
        Assert.Contains(_directory, Assert.Throws<StoreException>(() => SqliteClubStore.Open(_directory)).Message,
            StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => SqliteClubStore.Open(Path.Combine(file, "below", "club.db")));
        Assert.Throws<StoreException>(() => SqliteClubStore.Open(Path.Combine(_directory, "missing.db"), readOnly: true));
        Assert.False(System.IO.File.Exists(Path.Combine(_directory, "missing.db")));
    }

    private static byte[] Megabyte(char content) => Encoding.UTF8.GetBytes($"\"{new string(content, 1 << 20)}\"");

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private void Sql(string sql, string? file = null) => Count(sql, file);

    private long Count(string sql, string? file = null)
    {
        using var connection = Connect(file ?? File);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar() is long count ? count : 0;
    }

    private WriteLock HoldWriteLock() => new(Connect(File));

    /// <summary>Another process's write transaction: commits gather behind it.</summary>
    private sealed class WriteLock : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly SqliteTransaction _transaction;

        public WriteLock(SqliteConnection connection) => (_connection, _transaction) = (connection, connection.BeginTransaction());

        public void Dispose()
        {
            _transaction.Dispose();
            _connection.Dispose();
        }
    }
}
