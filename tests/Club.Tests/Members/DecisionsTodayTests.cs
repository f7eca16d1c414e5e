using Club.Access;
using Club.Activities;
using Club.Dealers;
using Club.Gifts;
using Club.Kernel;
using Club.Members;
using Club.Spending;
using Club.Store;
using Club.Tests.Activities;
using Club.Tests.Gifts;
using Xunit;

namespace Club.Tests.Members;

/// <summary>What waits for a decision stands on the day of whoever decides it, and every step that is named there can be done.</summary>
public sealed class DecisionsTodayTests
{
    private static readonly DealerId Dealer = new("D001");
    private static readonly Caller Director = new([Role.Director], "李主任") { Dealer = Dealer };
    private static readonly Caller Finance = new([Role.Finance], "赵财务");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Budgets_and_corrections_wait_at_finance_and_at_no_dealer()
    {
        await using var club = new ClubFixture("skoda");
        var dealer = new DealerId("D021");
        var asked = await club.Get<DealerBudgets>().Ask(dealer, "2026-03", new BudgetRequest(Money.Of(5000), "春季自驾"),
            new Caller([Role.Director], "李主任") { Dealer = dealer }, Cancellation);
        Assert.True(asked.Succeeded, asked.Problem?.Message);
        var (plans, from) = (club.Get<ActivityPlans>(), club.Clock.GetUtcNow().AddDays(9));
        Assert.True((await plans.Put("drive", new ActivityRequest("自驾游", "drive", "杭州", null, dealer, from, from.AddHours(5), from, null, 2,
            Money.Of(800)), null, ActivityClub.Marketing, Cancellation)).Succeeded);
        Assert.True((await plans.Go("drive", new ActivityStep(ActivityState.Requested), ActivityClub.Marketing, Cancellation)).Succeeded);
        var member = (await club.Register()).MemberId;
        Assert.Equal(AdjustmentState.AwaitingApproval, (await club.Get<Adjustments>().Ask(member, new AdjustmentRequest(new WalletCode("club"),
            Points.Of(10_001), "late bill", null), new Command("a", ""), Caller.OperatorAs("A017"), Cancellation)).Value.Answer.State);

        Assert.Equal(["adjustments 10001 club", "budgets D021 2026-03: 5000 CNY, 春季自驾", "activityBudgets 自驾游: 800 CNY"], await Decide(club, Finance));
        Assert.Empty(await Decide(club, new Caller([Role.Director], "李主任") { Dealer = dealer }));
    }

    [Fact]
    public async Task An_order_is_named_with_a_step_that_it_can_take()
    {
        await using var club = new ClubFixture(rules: Shop.Book());
        var shop = new Shop(club);
        await shop.Offer("MUG", Shop.Mug, 5);
        await shop.Offer("BAG", Shop.Bag, 5);
        var member = await shop.Member();
        var mug = await shop.Ordered(member, "MUG", at: "D001");
        Assert.Equal([NextStep.Decide], await Orders(club, Director));
        await shop.Go(mug.OrderId, OrderState.Confirmed);
        Assert.Equal([NextStep.HandOut], await Orders(club, Director));
        await shop.Go(mug.OrderId, OrderState.Ready);
        Assert.Equal([NextStep.HandOut], await Orders(club, Director));
        var bag = await shop.Ordered(member, "BAG", shipTo: new ShipTo("王小明", "+8613800138000", "北京市朝阳区 1 号"));
        await shop.Go(bag.OrderId, OrderState.Confirmed);
        Assert.Equal([NextStep.HandOut, NextStep.Ship], await Orders(club, new Caller([Role.Hq], "王总部")));
    }

    private static async Task<IEnumerable<string>> Decide(ClubFixture club, Caller caller) =>
        (await club.Get<TodayDesk>().Tell(null, caller, Cancellation)).Sections
            .SelectMany(section => section.Items.Where(item => item.Next == NextStep.Decide).Select(item => $"{section.Name} {item.What}"));

    private static async Task<IEnumerable<NextStep>> Orders(ClubFixture club, Caller caller) =>
        (await club.Get<TodayDesk>().Tell(null, caller, Cancellation)).Sections.Single(section => section.Name == "orders").Items
            .Select(item => item.Next);
}
