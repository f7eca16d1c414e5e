using Club.Access;
using Club.Kernel;
using Club.Members;

namespace Club.Gifts;

/// <summary>What lies ready to be handed out, what is to be handed out or sent, and what somebody has to confirm before its hold
/// ends.</summary>
internal sealed class OrdersToday(OrderSteps orders) : ITellsToday
{
    public string Name => "orders";
    public int Order => 30;
    public Right Right => Right.ReadOrders;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation)
    {
        var items = new List<TodayItem>();
        foreach (var state in (OrderState[])[OrderState.Placed, OrderState.Ready, OrderState.Confirmed])
            items.AddRange((await orders.List(state, dealer, caller, most, null, cancellation)).Items.OrderBy(one => one.At).Select(one =>
                new TodayItem(one.MemberId, null, null, one.Quantity == 1 ? one.Name : $"{one.Name} × {one.Quantity}", null, false,
                    NextOf(one), one.OrderId)));
        return items;
    }

    private static NextStep NextOf(OrderView one) => one.State == OrderState.Placed ? NextStep.Decide
        : one.Collect == Collect.Ship ? NextStep.Ship : NextStep.HandOut;
}
