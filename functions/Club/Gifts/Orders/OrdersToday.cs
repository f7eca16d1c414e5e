using Club.Access;
using Club.Kernel;
using Club.Members;

namespace Club.Gifts;

/// <summary>What lies ready to be handed out, and what is to be sent or made ready.</summary>
internal sealed class OrdersToday(OrderSteps orders) : ITellsToday
{
    public string Name => "orders";
    public int Order => 30;
    public Right Right => Right.FulfilOrders;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation)
    {
        var items = new List<TodayItem>();
        foreach (var state in (OrderState[])[OrderState.Ready, OrderState.Confirmed])
            items.AddRange((await orders.List(state, dealer, caller, most, null, cancellation)).Items.OrderBy(one => one.At).Select(one =>
                new TodayItem(one.MemberId, null, null, one.Quantity == 1 ? one.Name : $"{one.Name} × {one.Quantity}", null, false,
                    state == OrderState.Ready ? NextStep.HandOut : NextStep.Ship, one.OrderId)));
        return items;
    }
}
