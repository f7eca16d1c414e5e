using Club.Kernel;
using Club.Store;

namespace Club.Gifts;

/// <summary>Ends orders whose points are kept no longer, and gives back what those that failed or were cancelled were promised.</summary>
public sealed class OrderSweep(Orders orders, OrderSteps steps, ClubCalendar calendar) : ISweep
{
    public const string Word = "orders";

    public string Name => Word;

    public ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation) =>
        new([new DueQuery(DueIndex.Order, IndexKeys.Moment(calendar.Now))]);

    public Task Handle(Document due, CancellationToken cancellation)
    {
        var order = due.As<Order>();
        if (!(order.Due <= calendar.Now)) return Task.CompletedTask;
        return order.IsHidden ? orders.Fail(order, cancellation)
            : order.State == OrderState.Placed ? steps.Lapse(order, cancellation) : steps.GiveBack(order, cancellation);
    }
}
