using Club.Joining;
using Club.Kernel;
using Club.Spending;
using Club.Store;
using Xunit;

namespace Club.Tests.Spending;

/// <summary>Who turns out to be a known owner brings along what she spent and what is held for her.</summary>
public sealed class SpendingMergeTests
{
    private const int Many = 120;

    [Fact]
    public async Task Everything_goes_along_in_few_commits_and_a_hold_is_confirmed_under_its_id()
    {
        var store = new Counting(new MemoryStore());
        await using var club = new ClubFixture(rules: Till.Book(), store: store);
        var (till, fan, owner) = await Lived(club, Many);
        var held = (await till.Redeem(fan, 100, hold: true)).Value.Answer.RedemptionId;
        var before = store.Commits;

        await club.Get<Merge>().Handle(fan, owner, default);

        // A commit for 40 entries, and two for 50 redemptions; the rest is the same for every merge.
        Assert.InRange(store.Commits - before, 1, Many / 40 + 2 * (Many / 50 + 1) + 20);
        Assert.Equal(Points.Of(100), (await club.Account(owner)).Held(new WalletCode("club")));
        Assert.Equal(RedemptionState.Confirmed, (await till.Confirm(held)).Value.Answer.State);
        Assert.Equal(Many + 1, await Count(club, owner));
        Assert.Equal(0, await Count(club, fan));
        Assert.Empty(await club.Verify());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_is_ended_by_the_sweep(bool unanswered)
    {
        var crashes = 0;
        for (var writes = 0; writes < 24; writes++)
        {
            var (kept, held) = (new MemoryStore(), "");
            MemberId fan, owner;
            await using (var club = new ClubFixture(rules: Till.Book(), store: kept))
            {
                (var till, fan, owner) = await Lived(club, 3);
                held = (await till.Redeem(fan, 100, hold: true)).Value.Answer.RedemptionId;
            }
            var dying = new CrashingStore(kept) { Unanswered = unanswered };
            dying.CrashAfter(writes);
            await using (var club = new ClubFixture(rules: Till.Book(), store: dying))
            {
                try
                {
                    await club.Get<Merge>().Handle(fan, owner, default);
                }
                catch (StoreException)
                {
                    crashes++;
                }
            }
            await using var next = new ClubFixture(rules: Till.Book(), store: kept);
            await next.Sweep(Club.Running.FinishSweep.Word);
            await next.Get<Merge>().Handle(fan, owner, default);
            Assert.Equal(4, await Count(next, owner));
            Assert.True((await new Till(next).Confirm(held)).Succeeded);
            Assert.Empty(await next.Verify());
        }
        Assert.True(crashes > 5, $"{crashes}");
    }

    private static async Task<(Till Till, MemberId Fan, MemberId Owner)> Lived(ClubFixture club, int redemptions)
    {
        var till = new Till(club);
        var owner = (await club.Register("13900139000")).MemberId;
        var fan = (await club.Get<Register>().Handle(new Club.Members.Registration { Source = "wechat", OpenId = "o-1" })).MemberId;
        await club.Send(Events.Bill("WO-1", member: new { openId = "o-1" }, dealerId: "D001", source: "/dms/D001",
            lines: [Events.Line("1", "parts", 5000m)]));
        for (var i = 0; i < redemptions; i++) Assert.True((await till.Redeem(fan, 10)).Succeeded);
        return (till, fan, owner);
    }

    private static async Task<int> Count(ClubFixture club, MemberId member)
    {
        var count = 0;
        await foreach (var _ in club.Store.FindAll(new IndexQuery(Redemption.MemberIndex, "", IndexQuery.Last, Partition: member), default)) count++;
        return count;
    }

    private sealed class Counting(IClubStore store) : IClubStore
    {
        public int Commits { get; private set; }

        public ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default) =>
            store.Read(partition, id, cancellation);
        public ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default) => store.Find(query, cancellation);
        public ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default) =>
            store.Changes(bookmark, limit, cancellation);

        public ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default)
        {
            Commits++;
            return store.Commit(partition, writes, cancellation);
        }
    }
}
