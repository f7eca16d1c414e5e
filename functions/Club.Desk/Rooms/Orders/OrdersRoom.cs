using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Desk.Rooms.Orders;

/// <summary>Orders of gifts 兑换订单 on their way to the members: for a dealer's staff, what is fetched at their dealer.</summary>
public sealed class OrdersRoom : Room
{
    public const string Address = "orders";

    public override string Path => Address;
    public override Said Title => OrdersWords.Orders;
    public override Right Right => Right.ReadOrders;
    public override int Order => 17;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<OrdersPage>("", Right.ReadOrders),
        Route.Page<OrderPage>("{order}", Right.ReadOrders),
        Route.Form<StepOrder>("{order}/step", Right.FulfilOrders),
        Route.Form<CancelOrder>("{order}/cancel", Right.Order),
    ];

    public override void Add(IServiceCollection services) => services.AddTransient<OrderWay>();
}
