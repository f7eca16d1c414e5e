using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Spending;
using Club.Store;
using Xunit;

namespace Club.Tests.Spending;

/// <summary>Ten years of daily points that never lapse, a till that only holds, points given back a cent at a time.</summary>
public sealed class OldestCustomerTests
{
    private static readonly DateOnly Today = new(2036, 1, 1);

    private static readonly Account Oldest = new()
    {
        MemberId = new MemberId("M0D4Q8ZK2T7WXB3RV"), Tier = new TierState(new TierCode("ordinary"), new(2026, 1, 1), null),
        Wallets = [new WalletState(new WalletCode("club"), [.. Enumerable.Range(0, 3652).Select(day => Lot(new DateOnly(2026, 1, 1).AddDays(day)))])],
    };

    private static Lot Lot(DateOnly on) => new($"{on:yyMMdd}a1b2c3d4", Points.Of(10), on)
    {
        UnitCost = 0.0123m, DealerId = new DealerId("D021"), Payers = [new("hq", Points.Of(5)), new("avis", Points.Of(2.5m)), new("rescue", Points.Of(2.5m))],
    };

    private static Journal Journal() => new(new ProgrammeVersions(Today, Till.Book()), Oldest, new(2036, 1, 1, 12, 0, 0, TimeSpan.FromHours(8)), Today);

    private static Outcome<Redemption> Redeem(Journal journal, decimal points, bool hold, string id) => RedeemRules.Redeem(journal, id,
        new RedemptionRequest(null, Points.Of(points), new SpentFor(SpentKind.Bill, Money.Of(100_000), new DealerId("D001")), hold), "李娜");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_too_much_for_one_step_says_how_much_is_not_and_that_fits(bool hold)
    {
        var refused = Redeem(Journal(), 36_520, hold, "M.1").Problem!;
        Assert.Equal(("over-limit", 10_000m), (refused.Code, refused.Numbers!["available"]));
        var journal = Journal();
        var spent = Redeem(journal, 10_000, hold, "M.1");
        Assert.Equal(1000, spent.Value.Lines.Count);
        var answer = CommandRecord.Of(new Command("key", "content"), "李娜", journal.RecordedAt,
            RedemptionView.Of(spent.Value, journal.RecordedAt, Points.Zero));
        Assert.Null(StoreArguments.Excess([.. journal.Writes, answer.ToCreate(), journal.Account.ToWrite("1")]));
    }

    [Fact]
    public void Holds_keep_no_more_lots_together_than_one_may()
    {
        var journal = Journal();
        Assert.True(Redeem(journal, 9_000, true, "M.1").Succeeded);
        Assert.Equal(1000m, Redeem(journal, 2_000, true, "M.2").Problem!.Numbers!["available"]);
        Assert.True(Redeem(journal, 1_000, true, "M.2").Succeeded);
        Assert.Equal("over-limit", Redeem(journal, 10, true, "M.3").Problem!.Code);
        Assert.True(Redeem(journal, 10, false, "M.3").Succeeded);
    }

    [Fact]
    public async Task A_till_that_only_holds_is_stopped_and_a_cancelled_hold_makes_room()
    {
        await using var club = new ClubFixture(rules: Till.Book());
        var till = new Till(club);
        var member = (await club.Register()).MemberId;
        await till.Earn("WO-0", 5000);
        var holds = new List<string>();
        for (var i = 0; i < RedeemRules.MostHolds; i++) holds.Add((await till.Redeemed(member, 10, hold: true)).RedemptionId);
        Assert.Equal("over-limit", (await till.Redeem(member, 10, hold: true)).Problem!.Code);
        Assert.True((await till.Redeem(member, 10)).Succeeded);
        await till.Cancel(holds[7]);
        Assert.True((await till.Redeem(member, 10, hold: true)).Succeeded);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Points_given_back_in_very_many_parts_come_to_what_was_spent_and_the_redemption_stays_small()
    {
        await using var club = new ClubFixture(rules: Till.Book());
        var till = new Till(club);
        var member = (await club.Register()).MemberId;
        await till.Earn("WO-0", 500);
        var spent = (await till.Redeemed(member, 300)).RedemptionId;
        for (var i = 0; i < 299; i++) Assert.True((await till.Refund(spent, 1)).Succeeded);
        var stored = (await club.Store.Read(member, spent))!;
        Assert.InRange(stored.Json.Length, 1, 6000);
        Assert.Equal((Points.Of(299), 299, 20), (stored.As<Redemption>().Refunded, stored.As<Redemption>().Parts, stored.As<Redemption>().Refunds.Count));
        Assert.Equal("over-limit", (await till.Refund(spent, 1.01m)).Problem!.Code);
        Assert.Equal(RedemptionState.Refunded, (await till.Refund(spent)).Value.Answer.State);
        Assert.Equal(Points.Of(500), await club.Balance(member));
        Assert.Empty(await club.Verify());
    }
}
