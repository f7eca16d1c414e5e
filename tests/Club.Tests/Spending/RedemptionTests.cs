using Club.Access;
using Club.Edges;
using Club.Kernel;
using Club.Ledger;
using Club.Spending;
using Club.Store;
using Xunit;

namespace Club.Tests.Spending;

/// <summary>Points spent: at once, or held until somebody confirms.</summary>
public sealed class RedemptionTests : IAsyncDisposable
{
    private readonly ClubFixture _club = new(rules: Till.Book());
    private readonly Till _till;

    public RedemptionTests() => _till = new Till(_club);

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<MemberId> Member(params decimal[] earned)
    {
        var member = (await _club.Register()).MemberId;
        for (var i = 0; i < earned.Length; i++) await _till.Earn($"WO-{i}", earned[i], $"2026-0{i / 3 + 1}-1{i % 3}");
        return member;
    }

    [Fact]
    public async Task Points_pay_for_a_part_of_a_bill_and_cash_for_the_rest()
    {
        var member = await Member(200, 300);
        var (paid, _) = (await _till.Redeem(member, 300)).Value;
        Assert.Equal((RedemptionState.Confirmed, Points.Of(300), Money.Of(400), Points.Zero), (paid.State, paid.Points, paid.Cash, paid.Overdrawn));
        // The older lot first, whole, then of the next one.
        Assert.Equal([(Points.Of(200), Money.Of(100)), (Points.Of(100), Money.Of(50))], paid.Lots.Select(lot => (lot.Points, lot.Cost)));
        Assert.Equal((Money.Of(150), Points.Of(200)), (paid.Cost, paid.Balance!.Value));
        var entry = (await _club.Entries(member))[0];
        Assert.Equal((EntryKind.Redemption, Points.Of(-300), Points.Of(200)), (entry.Kind, entry.Points, entry.Balance));
        Assert.Equal([new CounterLine("dealer:D001", Points.Of(300))], entry.Counter);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task A_hold_keeps_points_until_it_is_confirmed()
    {
        var member = await Member(500);
        var held = await _till.Redeemed(member, 300, hold: true);
        Assert.Equal((RedemptionState.Held, _club.Clock.GetUtcNow().AddMinutes(30)), (held.State, held.ExpiresAt!.Value));
        var wallet = (await View(member)).Wallets[0];
        Assert.Equal((Points.Of(200), Points.Of(300)), (wallet.Available, wallet.Held));
        Assert.Equal("insufficient-points", (await _till.Redeem(member, 210)).Problem!.Code);
        Assert.Empty(await _club.Verify());

        Assert.Equal(RedemptionState.Confirmed, (await _till.Confirm(held.RedemptionId)).Value.Answer.State);
        wallet = (await View(member)).Wallets[0];
        Assert.Equal((Points.Of(200), Points.Zero), (wallet.Available, wallet.Held));
        Assert.Equal("not-held", (await _till.Confirm(held.RedemptionId)).Problem!.Code);
        Assert.Equal("not-held", (await _till.Cancel(held.RedemptionId)).Problem!.Code);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task A_cancelled_hold_is_as_if_it_had_not_been()
    {
        var member = await Member(200, 300);
        var before = await _club.Account(member);
        var held = await _till.Redeemed(member, 300, hold: true);
        Assert.Equal(RedemptionState.Cancelled, (await _till.Cancel(held.RedemptionId)).Value.Answer.State);
        var after = await _club.Account(member);
        Assert.Equal(before.Wallets[0].Lots.OrderBy(lot => lot.Id), after.Wallets[0].Lots.OrderBy(lot => lot.Id));
        Assert.Equal((null, null, before.Sequence), (after.Holds, after.Spent, after.Sequence));
        Assert.Equal("not-held", (await _till.Confirm(held.RedemptionId)).Problem!.Code);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task A_hold_is_over_at_its_minute_whether_or_not_a_sweep_came_by()
    {
        var member = await Member(500);
        var held = await _till.Redeemed(member, 300, hold: true);
        _club.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(Points.Of(500), (await View(member)).Wallets[0].Available);
        Assert.Equal(RedemptionState.Lapsed, (await _club.Get<Redemptions>().Find(held.RedemptionId, Caller.Operator, Cancellation))!.State);
        Assert.Equal("expired-hold", (await _till.Confirm(held.RedemptionId)).Problem!.Code);
        // Another redemption needs what it kept.
        Assert.Equal(Points.Of(500), (await _till.Redeemed(member, 500)).Points);
        Assert.Equal("expired-hold", (await _till.Confirm(held.RedemptionId)).Problem!.Code);
        Assert.Equal((0, 0), await _club.Sweep(HoldSweep.Word));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task The_sweep_ends_holds_and_finds_nothing_the_second_time()
    {
        var member = await Member(500);
        await _till.Redeemed(member, 100, hold: true);
        await _till.Redeemed(member, 100, hold: true);
        Assert.Equal((0, 0), await _club.Sweep(HoldSweep.Word));
        _club.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal((1, 0), await _club.Sweep(HoldSweep.Word));
        Assert.Null((await _club.Account(member)).Holds);
        Assert.Equal((0, 0), await _club.Sweep(HoldSweep.Word));
        Assert.Empty(await _club.Verify());
    }

    /// <summary>Lots that lapse meanwhile stay good for the hold, and go when it was for nothing.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Points_that_lapse_while_they_are_held_are_good_for_the_hold_only(bool confirmed)
    {
        var member = await Member(500);
        _club.At(2027, 1, 9, 23, 50);
        var held = await _till.Redeemed(member, 300, hold: true);
        _club.At(2027, 1, 10, 0, 5);
        await _club.Sweep(PointsSweep.Word);
        Assert.Equal(Points.Of(300), (await _club.Account(member)).Held(new WalletCode("club")));
        Assert.True(confirmed ? (await _till.Confirm(held.RedemptionId)).Succeeded : (await _till.Cancel(held.RedemptionId)).Succeeded);
        await _club.Sweep(PointsSweep.Word);
        Assert.Equal(Points.Zero, await _club.Balance(member));
        Assert.Equal(Points.Of(confirmed ? -200 : -500),
            (await _club.Entries(member)).Where(entry => entry.Kind == EntryKind.Expiry).Sum(entry => entry.Points));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task A_return_of_the_purchase_takes_nothing_from_a_hold()
    {
        var member = await Member(500);
        var held = await _till.Redeemed(member, 300, hold: true);
        await _club.Send(Events.Return("WO-0", source: "/dms/D001"));
        Assert.Equal(Points.Of(-300), (await View(member)).Wallets[0].Available);
        Assert.True((await _till.Confirm(held.RedemptionId)).Succeeded);
        Assert.Equal(Points.Of(-300), await _club.Balance(member));
        await _till.Earn("WO-9", 320);
        Assert.Equal(Points.Of(20), await _club.Balance(member));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task The_same_key_is_answered_the_same_and_another_content_is_refused()
    {
        var member = await Member(500);
        var key = _till.Key("till-1", "a");
        var first = (await _till.Redeem(member, 300, command: key)).Value;
        await _till.Earn("WO-9", 100);
        var again = (await _till.Redeem(member, 300, command: key)).Value;
        Assert.Equal((false, true), (first.IsRepeat, again.IsRepeat));
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(first.Answer, ClubJson.Answers),
            System.Text.Json.JsonSerializer.Serialize(again.Answer, ClubJson.Answers));
        Assert.Equal("different-content", (await _till.Redeem(member, 310, command: key with { Content = "b" })).Problem!.Code);
        Assert.Equal(Points.Of(300), await _club.Balance(member));
    }

    [Fact]
    public async Task A_refused_redemption_leaves_nothing_and_its_key_is_free()
    {
        var member = await Member(100);
        var key = _till.Key("till-1", "a");
        var refused = (await _till.Redeem(member, 300, command: key)).Problem!;
        Assert.Equal(("insufficient-points", 100m, 200m), (refused.Code, refused.Numbers!["available"], refused.Numbers["missing"]));
        await _till.Earn("WO-9", 200);
        Assert.True((await _till.Redeem(member, 300, command: key)).Succeeded);
    }

    [Theory]
    [InlineData(105, 700, "club", "D001", "not-offered")]
    [InlineData(0.5, 700, "club", "D001", "not-offered")]
    [InlineData(710, 700, "club", "D001", "over-limit")]
    [InlineData(300, 700, "branch", "D002", "wrong-dealer")]
    [InlineData(1000, 700, "branch", "D002", "over-limit")]
    [InlineData(300, 700, "club", "D099", "unknown-dealer")]
    [InlineData(300, 700, "pub", "D001", "invalid-data")]
    public async Task What_cannot_be_is_refused_with_a_code(decimal points, decimal bill, string wallet, string dealer, string code)
    {
        var member = await Member(900);
        await _till.Earn("BR-1", 400, category: "labour");
        Assert.Equal(code, (await _till.Redeem(member, points, bill, wallet: wallet, dealer: dealer)).Problem!.Code);
    }

    [Fact]
    public async Task Branch_points_are_good_where_they_were_issued()
    {
        var member = await Member();
        await _till.Earn("BR-1", 400, category: "labour", dealer: "D001");
        await _till.Earn("BR-2", 100, category: "labour", dealer: "D002");
        Assert.Equal("wrong-dealer", (await _till.Redeem(member, 200, wallet: "branch", dealer: "D002")).Problem!.Code);
        Assert.Equal("insufficient-points", (await _till.Redeem(member, 600, wallet: "branch", dealer: "D001")).Problem!.Code);
        var paid = (await _till.Redeem(member, 400, wallet: "branch", dealer: "D001")).Value.Answer;
        Assert.Equal([Points.Of(400)], paid.Lots.Select(lot => lot.Points));
        Assert.Equal("wrong-dealer", (await _till.Redeem(member, 100, wallet: "branch", dealer: "D001")).Problem!.Code);
        Assert.True((await _till.Redeem(member, 100, wallet: "branch", dealer: "D002")).Succeeded);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Her_last_points_are_spent_once_by_64_tills()
    {
        var member = await Member(300);
        var tried = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => _till.Redeem(member, 300, command: new Command($"till-{i}", ""))));
        Assert.Single(tried, one => one.Succeeded);
        Assert.All(tried.Where(one => !one.Succeeded), one => Assert.Equal("insufficient-points", one.Problem!.Code));
        Assert.Equal(Points.Zero, await _club.Balance(member));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Two_tills_confirm_one_hold_once()
    {
        var member = await Member(300);
        var held = await _till.Redeemed(member, 300, hold: true);
        var tried = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => _till.Confirm(held.RedemptionId, new Command($"till-{i}", ""))));
        Assert.Single(tried, one => one.Succeeded);
        Assert.All(tried.Where(one => !one.Succeeded), one => Assert.Equal("not-held", one.Problem!.Code));
        Assert.Single(await _club.Entries(member), entry => entry.Kind == EntryKind.Redemption);
    }

    [Fact]
    public async Task Limits_of_a_day_count_what_is_held_and_forget_what_was_cancelled()
    {
        await using var club = new ClubFixture(rules: Till.Book("""{"limits":[{"per":"day","points":500}]}"""));
        var till = new Till(club);
        var member = (await club.Register()).MemberId;
        await till.Earn("WO-0", 900, "2026-03-01");
        var held = await till.Redeemed(member, 400, hold: true);
        Assert.Equal("over-limit", (await till.Redeem(member, 200)).Problem!.Code);
        await till.Cancel(held.RedemptionId);
        Assert.True((await till.Redeem(member, 500)).Succeeded);
        Assert.Equal("over-limit", (await till.Redeem(member, 10)).Problem!.Code);
        club.At(2026, 3, 3);
        Assert.True((await till.Redeem(member, 10)).Succeeded);
    }

    [Fact]
    public async Task A_quote_says_what_a_bill_may_cost_and_when_it_can_be_had()
    {
        var member = await Member(300);
        var quote = (await Quoted(member, 700)).Value;
        Assert.Equal((new PointsSpan(Points.Of(10), Points.Of(300), Points.Of(10)), new CashSpan(Money.Of(400), Money.Of(690)), true),
            (quote.Points, quote.Cash, quote.Affordable));
        Assert.Equal((Points.Zero, null), (quote.Missing, quote.AffordableOn));
        // Nothing has changed.
        Assert.Null((await _club.Account(member)).Holds);
    }

    [Fact]
    public async Task What_is_missing_is_had_at_her_own_pace()
    {
        await using var club = new ClubFixture(rules: Till.Book("""{"least":1000,"step":1000}"""));
        var till = new Till(club);
        var member = (await club.Register()).MemberId;
        club.At(2026, 3, 2);
        await till.Earn("WO-0", 300, "2025-12-03");
        var quote = (await club.Get<Quotes>().Ask(member, new QuoteRequest(null, new SpentFor(SpentKind.Bill, Money.Of(2000),
            new DealerId("D001")), null, 1), Caller.Operator, Cancellation)).Value;
        // 300 in 90 days; 700 more in 210.
        Assert.Equal((false, Points.Of(700), new DateOnly(2026, 3, 2).AddDays(210)), (quote.Affordable, quote.Missing, quote.AffordableOn!.Value));
        Assert.Equal("insufficient-points", Assert.Single(quote.Reasons).Code);
    }

    private Task<Outcome<Quote>> Quoted(MemberId member, decimal bill) => _club.Get<Quotes>().Ask(member,
        new QuoteRequest(null, new SpentFor(SpentKind.Bill, Money.Of(bill), new DealerId("D001")), null, 1), Caller.Operator, Cancellation);

    private async Task<AccountView> View(MemberId member) =>
        (await _club.Get<MemberViews>().Account(member, Caller.Operator, Cancellation))!;
}
