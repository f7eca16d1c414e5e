using System.Text;
using Club.Store;
using Xunit;

namespace Club.Tests.Cosmos;

/// <summary>What becomes of a fault between the store and Cosmos DB: repeated by the client where that is safe, else told as a
/// fault.</summary>
public sealed class CosmosFaultTests : IAsyncLifetime
{
    private readonly GatewayAccount _account = new();
    private IClubStore _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Faults Faults => _account.Gateway.Faults;

    public static TheoryData<Asked> Operations => [Asked.Read, Asked.Batch, Asked.Query, Asked.Changes];

    public static TheoryData<Asked, int> Refusals =>
        new MatrixTheoryData<Asked, int>([Asked.Read, Asked.Batch, Asked.Query, Asked.Changes], [403, 408, 500, 503]);

    public async ValueTask InitializeAsync()
    {
        _store = await _account.NewStore();
        // The client has learnt what it needs to know of the container.
        Assert.IsType<CommitResult.Written>(await _store.Commit("m", [Create("a")], Cancellation));
        await Ask(Asked.Query, Cancellation);
    }

    public ValueTask DisposeAsync()
    {
        _account.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_throttled_request_is_repeated_by_the_client(Asked asked)
    {
        Faults.Set(asked, Fault.Throttled, times: 2);
        await Ask(asked, Cancellation);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_request_that_met_another_writer_is_repeated_by_the_client(Asked asked)
    {
        Faults.Set(asked, new Fault(449), times: 1);
        await Ask(asked, Cancellation);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_container_that_throttles_for_ever_is_told_in_a_sentence(Asked asked)
    {
        Faults.Set(asked, Fault.Throttled);
        var before = Faults.Requests(asked);
        var told = await Assert.ThrowsAsync<StoreException>(() => Ask(asked, Cancellation));
        Assert.StartsWith("Cosmos DB throttled a ", told.Message, StringComparison.Ordinal);
        Assert.Equal(1 + 9, Faults.Requests(asked) - before);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Nobody_waits_longer_than_WeChat_would(Asked asked)
    {
        _account.Gateway.RetryAfter = TimeSpan.FromSeconds(4.5);
        Faults.Set(asked, Fault.Throttled);
        var before = Faults.Requests(asked);
        await Assert.ThrowsAsync<StoreException>(() => Ask(asked, Cancellation));
        Assert.Equal(1, Faults.Requests(asked) - before);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_a_fault_with_its_status(Asked asked, int status)
    {
        Faults.Set(asked, new Fault(status));
        var told = await Assert.ThrowsAsync<StoreException>(() => Ask(asked, Cancellation));
        Assert.StartsWith($"Cosmos DB answered {status} to a ", told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_broken_connection_is_a_fault(Asked asked)
    {
        Faults.Set(asked, Fault.Reset);
        await Assert.ThrowsAsync<StoreException>(() => Ask(asked, Cancellation));
        Faults.Clear();
        await Ask(asked, Cancellation);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_commit_without_an_answer_is_not_sent_again_and_the_caller_finds_out(bool carried)
    {
        Faults.Set(Asked.Batch, carried ? Fault.ResetAfterwards : Fault.Reset, times: 1);
        var before = Faults.Requests(Asked.Batch);
        await Assert.ThrowsAsync<StoreException>(async () => await _store.Commit("m", [Create("b")], Cancellation));
        Assert.Equal(1, Faults.Requests(Asked.Batch) - before);

        var again = await _store.Commit("m", [Create("b")], Cancellation);
        if (carried) Assert.Equal(["b"], Assert.IsType<CommitResult.Exists>(again).Ids);
        else Assert.IsType<CommitResult.Written>(again);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_missing_container_is_a_fault_and_not_an_absent_document(Asked asked)
    {
        _account.Gateway.Remove("documents-1");
        await Assert.ThrowsAsync<StoreException>(() => Ask(asked, Cancellation));
    }

    [Fact]
    public async Task A_replica_that_lags_behind_is_a_fault_and_not_an_absent_document()
    {
        Faults.Set(Asked.Read, new Fault(404, 1002));
        await Assert.ThrowsAsync<StoreException>(() => Ask(Asked.Read, Cancellation));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_caller_who_gives_up_is_not_told_of_a_fault(Asked asked)
    {
        Faults.Set(asked, Fault.Silence);
        using var gaveUp = new CancellationTokenSource();
        var asking = Ask(asked, gaveUp.Token);
        await Faults.Seen(asked);
        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task Empty_pages_on_the_way_are_read_over()
    {
        _account.Gateway.Container("documents-1").ScanPerPage = 3;
        for (var i = 0; i < 20; i++) await _store.Commit($"m{i}", [Create($"d{i}")], Cancellation);
        await _store.Commit("last", [Create("found", ("k", "v"))], Cancellation);
        Assert.Equal("found", Assert.Single((await _store.Find(IndexQuery.Equal("k", "v"), Cancellation)).Documents).Id);
    }

    [Fact]
    public async Task Changes_tell_a_commit_whole()
    {
        var start = (await _store.Changes(null, cancellation: Cancellation)).Bookmark;
        await _store.Commit("m", [.. Enumerable.Range(0, 10).Select(i => Create($"d{i}"))], Cancellation);
        var page = await _store.Changes(start, 3, Cancellation);
        Assert.Equal(10, page.Documents.Count);
        Assert.Empty((await _store.Changes(page.Bookmark, 3, Cancellation)).Documents);
    }

    private static Write.Create Create(string id, params (string Name, string Value)[] keys) =>
        new Write.Create(id, "thing", Encoding.UTF8.GetBytes("{}"),
            new IndexKeys([.. keys.Select(key => new IndexKey(key.Name, key.Value))]));

    private async Task Ask(Asked asked, CancellationToken cancellation)
    {
        switch (asked)
        {
            case Asked.Read:
                Assert.NotNull(await _store.Read("m", "a", cancellation));
                break;
            case Asked.Batch:
                Assert.IsType<CommitResult.Written>(await _store.Commit("m", [Create(Guid.NewGuid().ToString("N"))], cancellation));
                break;
            case Asked.Query:
                Assert.Empty((await _store.Find(IndexQuery.Equal("nothing", "x"), cancellation)).Documents);
                break;
            default:
                Assert.NotEmpty((await _store.Changes(null, cancellation: cancellation)).Documents);
                break;
        }
    }
}
