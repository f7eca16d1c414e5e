using Club.Sqlite;
using Club.Store;
using Xunit;

namespace Club.Tests.Store;

/// <summary>A file while it is filled keeps to what every store keeps to, and is an ordinary one afterwards.</summary>
public sealed class FilledStoreTests : StoreContract
{
    private readonly string _directory = Directory.CreateTempSubdirectory("club-filled-").FullName;

    private string File => Path.Combine(_directory, "data", "club.db");

    protected override Task<IClubStore> Open() => Task.FromResult<IClubStore>(FilledClubStore.Open(File, together: 7));

    protected override Func<Task<IClubStore>> Reopen => Open;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task What_it_was_filled_with_is_read_by_the_store_that_a_host_opens()
    {
        var file = Path.Combine(_directory, "filled.db");
        await using (var filled = FilledClubStore.Open(file, together: 1000))
            for (var i = 0; i < 10; i++)
                Assert.IsType<CommitResult.Written>(await filled.Commit($"m{i}", [Create($"d{i}", i, Keys(("k", "all")))], Cancellation));
        await using var host = SqliteClubStore.Open(file);
        Assert.Equal(10, (await host.Find(IndexQuery.Equal("k", "all"), Cancellation)).Documents.Count);
    }

    [Fact]
    public async Task Others_see_all_commits_up_to_some_moment_and_none_after()
    {
        var file = Path.Combine(_directory, "some.db");
        await using var filled = FilledClubStore.Open(file, together: 4);
        for (var i = 0; i < 10; i++)
        {
            await filled.Commit($"m{i}", [Create("d", i, Keys(("k", "all")))], Cancellation);
            await using var seen = SqliteClubStore.Open(file, readOnly: true);
            Assert.Equal((i + 1) / 4 * 4, (await seen.Find(IndexQuery.Equal("k", "all"), Cancellation)).Documents.Count);
        }
    }
}
