using Club.Dealers;
using Club.Kernel;
using Club.Ledger;
using Club.Tests.Settlement;
using Club.Transactions;
using Xunit;
using static Club.Tests.Dealers.DealerClub;

namespace Club.Tests.Dealers;

/// <summary>A dealer gives its customers more than the rule book does, at its own cost and within what headquarters allow.</summary>
public sealed class BranchPlanFlowTests : IAsyncDisposable
{
    private readonly ClubFixture _club = new("skoda");

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task In_its_quiet_month_a_dealer_gives_double_until_its_budget_is_spent()
    {
        var member = await Join();
        await _club.Fund(10);
        await _club.InForce(PlanClub.Double);
        var first = await Book("WO-1");
        Assert.Equal((Points.Of(980), Points.Of(490)), (first.Points, first.OfPlan()));
        var line = first.Explanation.Single(one => one.Rule == "D021/1/quiet-month");
        Assert.Equal("dealer", Assert.Single(line.Funding!).Funder);
        Assert.Equal(Money.Of(4.9m), await _club.Spent());
        Assert.Equal(Points.Of(490), (await Book("WO-2")).OfPlan());
        // Twenty points are left, and then nothing: what the rule book gives goes on.
        var third = await Book("WO-3");
        Assert.Equal(Points.Of(20), third.OfPlan());
        var cut = Assert.Single(third.Explanation.Single(one => one.Rule == "D021/1/quiet-month").Cuts!);
        Assert.Equal(("dealer-budget:D021:2026-03", Points.Of(1000), Points.Of(980), Points.Of(470)), (cut.Cap, cut.Limit, cut.Used, cut.Points));
        var fourth = await Book("WO-4");
        Assert.Equal((Points.Of(490), Points.Zero), (fourth.Points, fourth.OfPlan()));
        Assert.Equal(Money.Of(10), await _club.Spent());
        Assert.Equal(Points.Of(490 * 4 + 1000), await _club.Balance(member));
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task Without_an_approved_budget_a_plan_gives_nothing()
    {
        await Join();
        await _club.InForce(PlanClub.Double);
        Assert.Equal((Points.Of(490), Points.Zero), (await Book("WO-1") is var entry ? entry.Points : default, (await Book("WO-2")).OfPlan()));
    }

    [Fact]
    public async Task What_is_returned_comes_back_to_the_budget_and_a_second_delivery_changes_nothing()
    {
        await Join();
        await _club.Fund(100);
        await _club.InForce(PlanClub.Double);
        var bill = _club.Bill("WO-1");
        await _club.Send([bill]);
        await _club.Send([bill]);
        Assert.Equal(Money.Of(4.9m), await _club.Spent());
        await _club.Send([_club.Back("WO-1", "RT-1", 245)]);
        await _club.Follow();
        await _club.Follow();
        Assert.Equal(Money.Of(2.45m), await _club.Spent());
        await _club.Send([_club.Back("WO-1", "RT-2")]);
        await _club.Follow();
        Assert.Equal(Money.Zero, await _club.Spent());
        Assert.Equal([], await _club.Verify());
    }

    /// <summary>However the bill came about, and whatever became of the plan and of the member.</summary>
    [Theory]
    [InlineData("cut")]
    [InlineData("rewritten")]
    [InlineData("suspended")]
    [InlineData("month over")]
    [InlineData("two wallets")]
    [InlineData("branch alone")]
    [InlineData("merged")]
    [InlineData("closed")]
    [InlineData("parked")]
    public async Task What_a_bill_used_comes_back_when_it_is_returned_in_full(string what)
    {
        var member = what == "parked" ? default : await Join();
        await _club.Fund(5);
        await _club.InForce(what is "two wallets" or "branch alone" ? PlanClub.InBranch(also: what == "two wallets") : PlanClub.Double);
        await _club.Send([_club.Bill("WO-1", what == "cut" ? 490 : 150)]);
        if (what == "parked")
        {
            await _club.Send([_club.Back("WO-1", "RT-1")]);
            await Join();
        }
        if (what == "cut") await _club.Send([_club.Bill("WO-2", 150)]);
        var returned = what == "cut" ? "WO-2" : "WO-1";
        if (what != "parked") Assert.NotEqual(Money.Zero, await _club.Spent());
        if (what == "rewritten") await _club.InForce(PlanClub.Fixed(100), after: 1);
        if (what == "suspended") await Plans.Suspend(PlanClub.Dealer, "与总部活动冲突", Hq, Cancellation);
        if (what == "month over") _club.At(2026, 5, 2);
        if (what == "closed")
        {
            await _club.Close("D021", "D022");
            await _club.Work();
        }
        if (what == "merged")
            await _club.Get<Club.Joining.Merge>().Handle(member, await _club.Join("13700137000", "D022"), Cancellation);
        if (what != "parked") Assert.Equal(Fate.Booked, Assert.Single(await _club.Send([_club.Back(returned, "RT-1")])).Fate);
        await _club.Work();
        await _club.Follow();
        Assert.Equal(what == "cut" ? Money.Of(4.9m) : Money.Zero, await _club.Spent());
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task The_dealer_s_statement_has_what_its_plan_gave_less_what_was_returned_at_the_cost_of_a_point()
    {
        await Join();
        await _club.Fund(100);
        await _club.InForce(PlanClub.Double);
        await Book("WO-1");
        await Book("WO-2");
        await _club.Send([_club.Back("WO-1", "RT-1", 245)]);
        await _club.Follow();
        var month = await _club.Settled(2026, 3);
        Assert.Equal("opening 0 issued 980 clawedBack -245 closing 735 balance 7.35", month.Told("dealer:D021"));
        Assert.Equal("opening 0 issued 980 clawedBack -245 closing 735 balance 7.35", month.Told("brand:hq"));
        Assert.Equal(Money.Of(7.35m), await _club.Spent());
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task A_late_bill_is_judged_by_the_plan_of_its_day_and_by_no_later_one()
    {
        await Join();
        await _club.Fund(100);
        var before = _club.Bill("WO-0");
        await _club.InForce(PlanClub.Fixed(100));
        var then = _club.Bill("WO-1");
        _club.Clock.Advance(TimeSpan.FromHours(1));
        await _club.InForce(PlanClub.Fixed(300), after: 1);
        await _club.Send([before, then, _club.Bill("WO-2")]);
        Assert.Equal([Points.Zero, Points.Of(100), Points.Of(300)], (await Entries()).OrderBy(entry => entry.Sequence).Select(entry => entry.OfPlan()));
        Assert.Equal(["D021/1/gift", "D021/2/gift"], (await Entries()).OrderBy(entry => entry.Sequence).SelectMany(entry => entry.Explanation)
            .Select(line => line.Rule).Where(rule => rule?.StartsWith("D021", StringComparison.Ordinal) is true));
    }

    [Fact]
    public async Task Bills_of_other_dealers_and_bills_without_one_get_nothing_of_it()
    {
        await Join();
        await _club.Fund(100);
        await _club.InForce(PlanClub.Double);
        await _club.Send([_club.Bill("WO-1", dealer: "D022"), Events.With(_club.Bill("WO-2", dealer: "D022"), "data.dealerId", null)]);
        Assert.All(await Entries(), entry => Assert.Equal(Points.Zero, entry.OfPlan()));
        Assert.Equal(Money.Zero, await _club.Spent());
    }

    [Fact]
    public async Task What_headquarters_suspend_gives_nothing_until_they_let_it_go_on()
    {
        await Join();
        await _club.Fund(100);
        await _club.InForce(PlanClub.Double);
        var early = _club.Bill("WO-1");
        Assert.Equal(PlanState.Suspended, (await Plans.Suspend(PlanClub.Dealer, "与总部活动冲突", Hq, Cancellation)).Value.State);
        _club.Clock.Advance(TimeSpan.FromMinutes(5));
        // A new version does not get around it.
        await _club.InForce(PlanClub.Fixed(100), after: 1);
        var during = _club.Bill("WO-2");
        await Plans.Resume(PlanClub.Dealer, Hq, Cancellation);
        _club.Clock.Advance(TimeSpan.FromMinutes(5));
        await _club.Send([during, early, _club.Bill("WO-3")]);
        Assert.Equal([Points.Zero, Points.Of(490), Points.Of(100)], (await Entries()).OrderBy(entry => entry.Sequence).Select(entry => entry.OfPlan()));
        var told = (await Plans.Find(PlanClub.Dealer, Director("D021"), Cancellation))!;
        Assert.Equal((PlanState.InForce, 2, "与总部活动冲突"), (told.State, told.Latest, Assert.Single(told.Suspensions).Reason));
    }

    [Fact]
    public async Task A_closed_dealer_gives_nothing_of_its_own_any_more()
    {
        await Join();
        await _club.Fund(100);
        await _club.InForce(PlanClub.Double);
        await _club.Close("D021", "D022");
        await _club.Work();
        _club.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Points.Zero, (await Book("WO-1")).OfPlan());
        Assert.Equal(PlanState.Suspended, (await Plans.Find(PlanClub.Dealer, Hq, Cancellation))!.State);
        Assert.Equal("code", (await _club.Plan(PlanClub.Fixed(10), after: 1)).Problem!.Path);
    }

    private DealerPlans Plans => _club.Get<DealerPlans>();

    private async Task<Entry> Book(string id)
    {
        Assert.Equal(Fate.Booked, Assert.Single(await _club.Send([_club.Bill(id)])).Fate);
        return (await Entries()).Single(entry => entry.SourceId == id);
    }

    private async Task<IReadOnlyList<Entry>> Entries() => await _club.Entries(await Join());

    /// <summary>The member of these tests: joins once.</summary>
    private Task<MemberId> Join() => _club.Join("13800138000", "D021");
}
