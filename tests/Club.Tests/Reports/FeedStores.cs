using Club.Sqlite;
using Club.Store;
using Club.Tests.Cosmos;
using Xunit;

namespace Club.Tests.Reports;

/// <summary>A store that goes down at any commit, and tells pages again that it told before, as one may after a fail-over.</summary>
internal sealed class RepeatingStore(IClubStore store, Random random) : IClubStore
{
    private readonly CrashingStore _store = new(store);
    private IReadOnlyList<Document> _told = [];

    /// <summary>From here on commits fail now and then, before or after they took place.</summary>
    public void Trouble()
    {
        _store.Unanswered = random.Next(2) == 0;
        _store.CrashAfter(random.Next(4));
    }

    public ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default) =>
        _store.Read(partition, id, cancellation);
    public ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default) => _store.Find(query, cancellation);
    public ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default) =>
        _store.Commit(partition, writes, cancellation);

    public async ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default)
    {
        var page = await _store.Changes(bookmark, Math.Min(limit, random.Next(1, 60)), cancellation);
        if (page.Documents.Count == 0) return page;
        var again = random.Next(3) == 0 ? _told : [];
        _told = page.Documents;
        return page with { Documents = [.. again, .. page.Documents] };
    }
}

public sealed class SqliteMembersByMonthTests : MembersByMonthTests, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("club-feed-").FullName;

    protected override Task<IClubStore> NewStore() =>
        Task.FromResult<IClubStore>(SqliteClubStore.Open(Path.Combine(_directory, $"{Guid.NewGuid():N}.db")));

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}

public sealed class CosmosMembersByMonthTests(GatewayAccount account) : MembersByMonthTests, IClassFixture<GatewayAccount>
{
    protected override int Histories => Thorough.Tries(4, 12);

    protected override Task<IClubStore> NewStore() => account.NewStore();
}
