using Club.Earning;
using Club.Joining;
using Club.Kernel;
using Club.Programmes;
using Club.Running;
using Club.Sqlite;
using Club.Store;
using Club.Tests.Joining;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Transactions;

public sealed class CapFlowTests : IDisposable
{
    private const int Writers = 64;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("club-caps-");

    public static TheoryData<string> Stores => ["memory", "sqlite"];

    private static Programme Rules(string caps) => Book.With($$"""
        {"earning":[{"id":"parts","when":{"category":["parts"]},"award":{"rate":1},"caps":{{caps}} }],
         "dealers":{"regions":[{"code":"north","name":"北","branches":["D001-D050"]}]} }
        """);

    private static Programme WithBudget(int points) => Book.With($$"""
        {"budgets":[{"code":"spring","points":{{points}}}],
         "earning":[{"id":"parts","when":{"category":["parts"]},"award":{"rate":1},"budget":"spring","caps":[{"per":"day","points":100}]},{"id":"base","when":{},"award":{"fixed":1,"per":"transaction"} }],
         "dealers":{"regions":[{"code":"north","name":"北","branches":["D001-D050"]}]} }
        """);

    /// <summary>The survivor does not know yet what the other one used.</summary>
    [Fact]
    public async Task What_is_returned_at_any_moment_of_a_merge_may_be_earned_again()
    {
        for (var call = 1; ; call++)
        {
            var store = new InterruptedStore(new MemoryStore());
            var rules = Rules("""[{"per":"year","points":100}]""");
            await using var club = new ClubFixture(store: store.Inner, rules: rules);
            await using var slow = new ClubFixture(store: store, rules: rules);
            var (owner, fan) = ((await club.Register()).MemberId, (await club.Register("13900139000")).MemberId);
            await club.Send(Events.Bill("F-1", "13900139000", dealerId: "D001", source: "/dms/D001", lines: [Events.Line("1", "parts", 100m)]));
            var isMet = false;
            store.At(call, async () =>
            {
                isMet = true;
                await club.Send(Events.Return("F-1", "R-1", null, source: "/dms/D001"));
            });
            await slow.Get<Merge>().Handle(fan, owner, default);
            await club.Sweep(FinishSweep.Word);
            if (!isMet) return;
            await club.Send(Events.Bill("B-2", dealerId: "D001", source: "/dms/D001", lines: [Events.Line("1", "parts", 130m)]));
            Assert.Equal(Points.Of(100), await club.Balance(owner));
            Assert.Equal(Points.Of(100), Assert.Single((await club.Account(owner)).Counters!).Used);
            Assert.Equal([], await club.Verify());
        }
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_cap_is_not_exceeded_by_64_concurrent_transactions_of_a_member(string kind)
    {
        var store = Open(kind);
        await using var club = new ClubFixture(store: store, rules: Rules("""[{"per":"day","points":1000}]"""));
        var member = await club.Register();

        await AtOnce(i => Deliver(club, Bill($"B{i}", 30)));

        Assert.Equal(Points.Of(1000), await club.Balance(member.MemberId));
        Assert.Equal(Points.Of(1000), Assert.Single((await club.Account(member.MemberId)).Counters!).Used);
        Assert.Equal(Writers, (await club.Account(member.MemberId)).Sequence);
        Assert.Empty(await club.Verify());
        await Close(store);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_budget_is_not_exceeded_by_64_concurrent_members(string kind)
    {
        var store = Open(kind);
        await using var club = new ClubFixture(store: store, rules: WithBudget(1000));
        var members = new List<string>();
        for (var i = 0; i < Writers; i++) members.Add((await club.Register($"138001380{i:D2}")).MemberId);

        await AtOnce(i => Deliver(club, Bill($"B{i}", 30, $"138001380{i:D2}")));
        await AtOnce(i => Deliver(club, Bill($"B{i}", 30, $"138001380{i:D2}")));

        var sum = Points.Zero;
        foreach (var member in members) sum += await club.Balance(new MemberId(member));
        Assert.Equal(Points.Of(1000 + Writers), sum);
        Assert.Equal(Points.Of(1000), await club.Get<Budgets>().Used("test", "spring", default));
        Assert.Empty(await club.Verify());
        await Close(store);
    }

    [Fact]
    public async Task What_a_budget_leaves_out_is_written_beside_the_award_and_leaves_room_under_the_caps()
    {
        await using var club = new ClubFixture(rules: WithBudget(130));
        var (first, second) = (await club.Register(), await club.Register("13900139000"));
        await club.Send(Bill("A", 80));
        await club.Send(Bill("B", 80, "13900139000"));

        Assert.Equal((81m, 51m), ((await club.Balance(first.MemberId)).Value, (await club.Balance(second.MemberId)).Value));
        var line = (await club.Entries(second.MemberId))[0].Explanation[0];
        Assert.Equal(new CapCut("budget:spring", null, Points.Of(130), Points.Of(80), Points.Of(30)), Assert.Single(line.Cuts!));
        Assert.Equal(Points.Of(50), Assert.Single((await club.Account(second.MemberId)).Counters!).Used);

        // An empty budget still books the rest of the transaction.
        await club.Send(Bill("C", 80));
        Assert.Equal(82m, (await club.Balance(first.MemberId)).Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_between_the_promise_and_the_entry_loses_nothing(bool unanswered)
    {
        var store = new CrashingStore(new MemoryStore()) { Unanswered = unanswered };
        await using var club = new ClubFixture(store: store, rules: WithBudget(130));
        var (first, second) = (await club.Register(), await club.Register("13900139000"));
        // The message's key is the first commit, the budget's promise the second, the entry the third.
        store.CrashAfter(2);
        await Assert.ThrowsAsync<StoreException>(() => club.Send(Bill("A", 80)));
        store.Recover();
        Assert.Equal(Points.Of(80), await club.Get<Budgets>().Used("test", "spring", default));

        await club.Send(Bill("B", 80, "13900139000"));
        await club.Send(Bill("A", 80));
        await club.Send(Bill("A", 80));

        Assert.Equal((81m, 51m), ((await club.Balance(first.MemberId)).Value, (await club.Balance(second.MemberId)).Value));
        Assert.Equal(Points.Of(130), await club.Get<Budgets>().Used("test", "spring", default));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_return_gives_room_back_in_the_period_of_the_transaction()
    {
        await using var club = new ClubFixture(rules: Rules("""[{"per":"day","points":100}]"""));
        var member = await club.Register();
        await club.Send(Bill("A", 80), Bill("B", 80));
        Assert.Equal(Points.Of(100), await club.Balance(member.MemberId));

        await club.Send(Events.Return("A", "RA"));
        Assert.Equal(Points.Of(20), await club.Balance(member.MemberId));
        await club.Send(Bill("C", 200));

        Assert.Equal(Points.Of(100), await club.Balance(member.MemberId));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_transaction_so_late_that_its_day_s_counter_is_gone_earns_what_the_day_still_had()
    {
        await using var club = new ClubFixture(rules: Rules("""[{"per":"day","points":100}]"""));
        var member = await club.Register();
        await club.Send(Bill("A", 80));
        club.At(2026, 6, 3);
        await club.Send(Bill("B", 80));

        Assert.Equal(Points.Of(100), await club.Balance(member.MemberId));
        var line = (await club.Entries(member.MemberId))[0].Explanation[0];
        Assert.Equal((Points.Of(20), Points.Of(80), Points.Of(60)), (line.Points, line.Cuts![0].Used, line.Cuts![0].Points));
    }

    /// <summary>As the queue does: a fault delivers again.</summary>
    private static async Task Deliver(ClubFixture club, string message)
    {
        for (var delivery = 1; ; delivery++)
        {
            try
            {
                Assert.NotEqual(Fate.Rejected, Assert.Single(await club.Send(message)).Fate);
                return;
            }
            catch (StoreException) when (delivery < 10)
            {
            }
        }
    }

    private static Task AtOnce(Func<int, Task> act) => Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(() => act(i))));

    private static string Bill(string id, decimal amount, string phone = "13800138000") =>
        Events.Bill(id, phone, lines: [Events.Line("1", "parts", amount)]);

    private IClubStore Open(string kind) =>
        kind == "sqlite" ? SqliteClubStore.Open(Path.Combine(_directory.FullName, "club.db")) : new MemoryStore();

    private static async ValueTask Close(IClubStore store)
    {
        if (store is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
