using Club.Access;
using Club.Dealers;
using Club.Kernel;
using Xunit;
using static Club.Tests.Dealers.DealerClub;

namespace Club.Tests.Dealers;

/// <summary>What a dealer may spend in a month is asked for by one and agreed to by another, and never spent twice.</summary>
public sealed class DealerBudgetTests : IAsyncDisposable
{
    private static readonly DealerId Dealer = new("D021");
    private static readonly DateOnly Day = new(2026, 3, 10);

    private readonly ClubFixture _club = new("skoda");

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task A_director_asks_finance_agrees_and_no_more_is_spent_than_that()
    {
        var asked = (await Ask(5000)).Value;
        Assert.Equal((BudgetState.AwaitingApproval, null), (asked.State, asked.Approved));
        Assert.Equal(Money.Zero, await Promise("activity-1", 100));
        Assert.Equal(Money.Of(5000), (await Approve()).Value.Approved);
        Assert.Equal((Money.Of(4000), Money.Of(1000)), (await Promise("activity-1", 4000), await Promise("activity-2", 4000)));
        Assert.Equal(Money.Of(4000), await Promise("activity-1", 4000));
        // More is asked for: what was approved holds meanwhile.
        var more = (await Ask(8000, "春季自驾")).Value;
        Assert.Equal((BudgetState.AwaitingApproval, Money.Of(5000), Money.Of(5000)), (more.State, more.Approved, more.Spent));
        Assert.Equal("$.amount", (await Approve(5000)).Problem!.Path);
        Assert.Equal(Money.Of(8000), (await Approve(8000)).Value.Approved);
        Assert.Equal(Money.Of(4000), await Promise("activity-2", 4000));
        await _club.Get<DealerBudgets>().GiveBack(Dealer, Day, "activity-1", Cancellation);
        Assert.Equal(Money.Of(4000), (await List(Hq))[0].Spent);
        // Less than is spent is no budget.
        await Ask(3000);
        Assert.Equal("over-limit", (await Approve()).Problem!.Code);
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task Nobody_decides_what_she_asked_for_and_what_is_decided_stays()
    {
        Assert.Equal("not-found", (await Approve()).Problem!.Code);
        await Ask(5000, by: Hq);
        Assert.Equal("own-request", (await Approve(by: Hq)).Problem!.Code);
        Assert.Equal("own-request", (await Refuse(Hq)).Problem!.Code);
        Assert.Equal(BudgetState.Refused, (await Refuse(Finance)).Value.State);
        Assert.Equal(BudgetState.Refused, (await Refuse(Finance)).Value.State);
        Assert.Equal("already-decided", (await Approve(by: new Caller([Role.Hq], "孙经理"))).Problem!.Code);
        // Asked for anew it waits anew, and both are told.
        var again = (await Ask(4000, by: Hq)).Value;
        Assert.Equal([BudgetState.AwaitingApproval, BudgetState.Refused], again.Asked.Select(one => one.State));
        Assert.Equal(("赵会计", "下月再议"), (again.Asked[1].DecidedBy, again.Asked[1].Refusal));
    }

    [Fact]
    public async Task Of_two_who_decide_at_once_one_does()
    {
        await Ask(5000);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => i % 2 == 0
            ? Approve(by: new Caller([Role.Finance], $"会计{i}")) : Refuse(new Caller([Role.Hq], $"经理{i}")))));
        Assert.Single(answers, answer => answer.Succeeded);
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Equal("already-decided", answer.Problem!.Code));
        var told = Assert.Single(Assert.Single(await List(Hq)).Asked);
        Assert.Equal(answers.Single(answer => answer.Succeeded).Value.State, told.State);
    }

    [Fact]
    public async Task The_same_request_is_one_and_another_takes_its_place_while_it_waits()
    {
        await Ask(5000);
        Assert.Single((await Ask(5000)).Value.Asked);
        Assert.Equal([Money.Of(6000)], (await Ask(6000)).Value.Asked.Select(one => one.Amount));
        await Approve();
        Assert.Equal(BudgetState.Approved, (await Ask(6000)).Value.State);
        Assert.Equal(BudgetState.Approved, (await Approve()).Value.State);
    }

    [Fact]
    public async Task A_dealers_staff_ask_for_their_own_and_see_their_own()
    {
        await Ask(5000);
        Assert.Equal("denied", (await Ask(5000, by: Director("D022"))).Problem!.Code);
        Assert.Empty(await List(Director("D022")));
        Assert.Empty((await _club.Get<DealerBudgets>().List(Dealer, null, Director("D022"), 50, null, Cancellation)).Items);
        Assert.Single(await List(Director("D021")));
        Assert.Single((await _club.Get<DealerBudgets>().List(null, BudgetState.AwaitingApproval, Finance, 50, null, Cancellation)).Items);
        Assert.Empty((await _club.Get<DealerBudgets>().List(null, BudgetState.Approved, Finance, 50, null, Cancellation)).Items);
    }

    [Theory]
    [InlineData("2026-02", "month")]
    [InlineData("2026-13", "month")]
    [InlineData("2026-3", "month")]
    [InlineData("2026-04", "month")]
    public async Task A_month_that_is_over_or_none_or_after_the_end_is_refused(string month, string path)
    {
        await _club.Close("D021", null, "2026-04-01");
        var asked = await _club.Get<DealerBudgets>().Ask(Dealer, month, new BudgetRequest(Money.Of(1), "活动"), Director("D021"), Cancellation);
        Assert.Equal(path, asked.Problem!.Path);
        Assert.Equal("not-found", (await _club.Get<DealerBudgets>().Ask(new DealerId("D999"), "2026-03", new BudgetRequest(Money.Of(1), "活动"), Hq, Cancellation)).Problem!.Code);
    }

    [Theory]
    [InlineData("""{"amount":0,"purpose":"x"}""", "$.amount")]
    [InlineData("""{"amount":-1,"purpose":"x"}""", "$.amount")]
    [InlineData("""{"amount":0.001,"purpose":"x"}""", "$.amount")]
    [InlineData("""{"amount":1e28,"purpose":"x"}""", "$.amount")]
    [InlineData("""{"amount":1e99,"purpose":"x"}""", "$.amount")]
    [InlineData("""{"amount":1}""", "$.purpose")]
    public void What_is_no_amount_is_refused(string body, string path) => Assert.Equal(path, Read(body, BudgetRequest.Read).Problem!.Path);

    [Fact]
    public async Task A_crash_at_any_write_leaves_one_request_and_one_decision()
    {
        for (var writes = 0; writes < 4; writes++)
        {
            var store = new MemoryStore();
            var dying = new CrashingStore(store) { Unanswered = writes % 2 == 1 };
            dying.CrashAfter(writes / 2);
            await using (var club = new ClubFixture("skoda", dying))
                await Record.ExceptionAsync(async () =>
                {
                    await Ask(5000, club: club);
                    await Approve(club: club);
                });
            await using var next = new ClubFixture("skoda", store);
            await Ask(5000, club: next);
            Assert.Equal(BudgetState.Approved, (await Approve(club: next)).Value.State);
            Assert.Single((await next.Get<DealerBudgets>().List(null, null, Hq, 50, null, Cancellation)).Items.Single().Asked);
        }
    }

    private Task<Outcome<BudgetView>> Ask(decimal amount, string purpose = "客户关怀日", Caller? by = null, ClubFixture? club = null) =>
        (club ?? _club).Get<DealerBudgets>().Ask(Dealer, "2026-03", new BudgetRequest(Money.Of(amount), purpose), by ?? Director("D021"), Cancellation);

    private Task<Outcome<BudgetView>> Approve(decimal? amount = null, Caller? by = null, ClubFixture? club = null) => (club ?? _club).Get<DealerBudgets>()
        .Approve(Dealer, "2026-03", amount is { } yuan ? Money.Of(yuan) : null, by ?? Finance, Cancellation);

    private Task<Outcome<BudgetView>> Refuse(Caller by) => _club.Get<DealerBudgets>().Refuse(Dealer, "2026-03", "下月再议", by, Cancellation);

    private Task<Money> Promise(string cause, decimal amount) => _club.Get<DealerBudgets>().Promise(Dealer, Day, cause, Money.Of(amount), Cancellation);

    private async Task<IReadOnlyList<BudgetView>> List(Caller caller) =>
        (await _club.Get<DealerBudgets>().List(null, null, caller, 50, null, Cancellation)).Items;
}
