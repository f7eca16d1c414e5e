using Club.Kernel;
using Club.Ledger;
using Club.Spending;
using Xunit;

namespace Club.Tests.Spending;

/// <summary>What was spent comes back: the very lots, last drawn first.</summary>
public sealed class RefundTests : IAsyncDisposable
{
    private readonly ClubFixture _club = new(rules: Till.Book());
    private readonly Till _till;

    public RefundTests() => _till = new Till(_club);

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    private async Task<MemberId> Member(params decimal[] earned)
    {
        var member = (await _club.Register()).MemberId;
        for (var i = 0; i < earned.Length; i++) await _till.Earn($"WO-{i}", earned[i], $"2026-0{i / 3 + 1}-1{i % 3}");
        return member;
    }

    [Fact]
    public async Task In_parts_it_gives_back_the_very_lots_and_never_more_than_was_spent()
    {
        var member = await Member(200, 300);
        var before = (await _club.Account(member)).Wallets[0].Lots.OrderBy(lot => lot.Id).ToArray();
        var paid = await _till.Redeemed(member, 400);
        Assert.Equal(RedemptionState.Confirmed, (await _till.Refund(paid.RedemptionId, 150)).Value.Answer.State);
        Assert.Equal([Points.Of(250)], (await _club.Account(member)).Wallets[0].Lots.Select(lot => lot.Remaining));
        var beyond = (await _till.Refund(paid.RedemptionId, 260)).Problem!;
        Assert.Equal(("over-limit", 250m), (beyond.Code, beyond.Numbers!["available"]));
        Assert.Equal(RedemptionState.Refunded, (await _till.Refund(paid.RedemptionId)).Value.Answer.State);
        Assert.Equal(before, (await _club.Account(member)).Wallets[0].Lots.OrderBy(lot => lot.Id));
        Assert.Equal("over-limit", (await _till.Refund(paid.RedemptionId)).Problem!.Code);
        Assert.Empty(await _club.Verify());
    }

    [Theory]
    [InlineData(30, 300)]
    [InlineData(0, 200)]
    public async Task What_lapsed_meanwhile_has_some_days_or_does_not_return(int grace, decimal returned)
    {
        await using var club = new ClubFixture(rules: Till.Book($$"""{"refundGraceDays":{{grace}}}"""));
        var till = new Till(club);
        var member = (await club.Register()).MemberId;
        await till.Earn("WO-0", 100, "2026-01-10");
        await till.Earn("WO-1", 200, "2026-02-20");
        var paid = await till.Redeemed(member, 300);
        club.At(2027, 1, 15);
        var part = (await till.Refund(paid.RedemptionId)).Value.Answer.Refunds[0];
        Assert.Equal((Points.Of(300), Points.Of(returned)), (part.Points, part.Returned));
        Assert.Equal(Points.Of(returned), await club.Balance(member));
        Assert.Equal(Points.Zero, (await club.Entries(member)).Sum(entry => entry.Points + entry.Counter.Sum(line => line.Points)));
        club.At(2027, 2, 14);
        await club.Sweep(PointsSweep.Word);
        Assert.Equal(Points.Of(200), await club.Balance(member));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Nothing_of_a_hold_is_given_back()
    {
        var member = await Member(200);
        var held = await _till.Redeemed(member, 100, hold: true);
        Assert.Equal("not-confirmed", (await _till.Refund(held.RedemptionId)).Problem!.Code);
    }

    [Fact]
    public async Task Gold_spends_more_than_there_is_and_what_she_earns_repays_it()
    {
        var member = await Member(1000);
        Assert.Equal(Points.Zero, (await _till.Redeemed(member, 1000, 1000)).Overdrawn);
        var paid = await _till.Redeemed(member, 150);
        Assert.Equal((Points.Of(150), "debt", Money.Of(75)), (paid.Overdrawn, paid.Lots[0].Lot, paid.Cost));
        var refused = (await _till.Redeem(member, 60)).Problem!;
        Assert.Equal(("insufficient-points", "60 points are asked for; 0 can be spent and 50 more may be owed; 150 are owed."), (refused.Code, refused.Message));
        var owed = Assert.Single((await _club.Account(member)).Overdrafts!);
        Assert.Equal((Points.Of(150), new DateOnly(2026, 6, 1)), (owed.Points, owed.DueOn));
        await _till.Earn("WO-8", 100);
        Assert.Equal(Points.Of(50), Assert.Single((await _club.Account(member)).Overdrafts!).Points);
        await _till.Earn("WO-9", 100);
        Assert.Null((await _club.Account(member)).Overdrafts);
        Assert.Equal(Points.Of(50), await _club.Balance(member));
        // What was repaid meanwhile comes back as points of today.
        Assert.True((await _till.Refund(paid.RedemptionId)).Succeeded);
        Assert.Equal(Points.Of(200), await _club.Balance(member));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task At_the_deadline_the_points_owed_are_bought()
    {
        var member = await Member(1000);
        await _till.Redeemed(member, 1000, 1000);
        await _till.Redeemed(member, 150);
        _club.At(2026, 5, 31, 23, 59);
        Assert.Equal((0, 0), await _club.Sweep(OverdraftSweep.Word));
        _club.At(2026, 6, 1, 0, 1);
        Assert.Equal((1, 0), await _club.Sweep(OverdraftSweep.Word));
        var entry = (await _club.Entries(member))[0];
        Assert.Equal((EntryKind.Adjustment, Points.Of(150), Points.Zero), (entry.Kind, entry.Points, entry.Balance));
        Assert.Equal([new CounterLine("cash", Points.Of(-150))], entry.Counter);
        Assert.Equal((0, 0), await _club.Sweep(OverdraftSweep.Word));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Or_nothing_more_is_spent_until_they_are_repaid()
    {
        await using var club = new ClubFixture(rules: Till.Book(
            """{"overdraft":{"tiers":[{"tier":"gold","limit":200,"days":90}],"atDeadline":"block"}}"""));
        var till = new Till(club);
        var member = (await club.Register()).MemberId;
        await till.Earn("WO-0", 1000);
        await till.Redeemed(member, 1150, 1150);
        club.At(2026, 6, 1);
        Assert.Equal((1, 0), await club.Sweep(OverdraftSweep.Word));
        Assert.Equal((0, 0), await club.Sweep(OverdraftSweep.Word));
        await till.Earn("WO-1", 100, "2026-06-01");
        Assert.Equal("over-limit", (await till.Redeem(member, 10)).Problem!.Code);
        await till.Earn("WO-2", 100, "2026-06-01");
        Assert.True((await till.Redeem(member, 10)).Succeeded);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task What_was_given_back_counts_for_the_limits_of_its_own_periods_no_more()
    {
        await using var club = new ClubFixture(rules: Till.Book("""{"limits":[{"per":"day","points":500},{"per":"month","points":900}]}"""));
        var till = new Till(club);
        var member = (await club.Register()).MemberId;
        await till.Earn("WO-0", 5000);
        var paid = (await till.Redeem(member, 500, 600)).Value.Answer;
        Assert.Equal("over-limit", (await till.Redeem(member, 10)).Problem!.Code);
        Assert.True((await till.Refund(paid.RedemptionId, 200)).Succeeded);
        Assert.Equal("over-limit", (await till.Redeem(member, 210)).Problem!.Code);
        Assert.True((await till.Redeem(member, 200)).Succeeded);
        // On another day it gives nothing to that day, and its part to the month: 500 are spent, then 300 of the first come back.
        club.At(2026, 3, 3);
        var today = (await till.Redeem(member, 400)).Value.Answer;
        Assert.Equal("over-limit", (await till.Redeem(member, 10)).Problem!.Code);
        Assert.True((await till.Refund(paid.RedemptionId)).Succeeded);
        Assert.Equal("over-limit", (await till.Redeem(member, 110)).Problem!.Code);
        Assert.True((await till.Redeem(member, 100)).Succeeded);
        // In another month neither.
        club.At(2026, 4, 1);
        Assert.True((await till.Redeem(member, 500)).Succeeded);
        Assert.True((await till.Refund(today.RedemptionId)).Succeeded);
        Assert.Equal("over-limit", (await till.Redeem(member, 10)).Problem!.Code);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task After_a_merge_what_was_given_back_counts_for_the_limits_no_more()
    {
        await using var club = new ClubFixture(rules: Till.Book("""{"limits":[{"per":"day","points":500}]}"""));
        var till = new Till(club);
        var (owner, fan) = ((await club.Register()).MemberId, (await club.Register("13900139000")).MemberId);
        await till.Earn("WO-0", 1000);
        await till.Earn("WO-1", 1000, phone: "13900139000");
        var paid = (await till.Redeem(fan, 300)).Value.Answer;
        Assert.True((await till.Redeem(owner, 200)).Succeeded);
        await club.Get<Club.Joining.Merge>().Handle(fan, owner, default);
        Assert.Equal("over-limit", (await till.Redeem(owner, 10)).Problem!.Code);
        Assert.True((await till.Refund(paid.RedemptionId)).Succeeded);
        Assert.Equal("over-limit", (await till.Redeem(owner, 310)).Problem!.Code);
        Assert.True((await till.Redeem(owner, 300)).Succeeded);
        Assert.Empty(await club.Verify());
    }
}
