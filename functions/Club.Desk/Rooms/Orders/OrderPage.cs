using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Edges;
using Club.Gifts;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Orders;

/// <param name="Names">Of the member, where she is the caller's to see.</param>
/// <param name="Key">Makes a form that is sent twice count once.</param>
public sealed record OrderModel(OrderView Order, IReadOnlyDictionary<MemberId, string> Names, string Key, Problem? Problem, Said? Done)
    : IShowsMembers
{
    public IEnumerable<MemberId> Members => [Order.MemberId];
}

/// <summary>One order with its steps, and where it goes for who may see the person. Codes of vouchers are for the member alone.</summary>
public sealed class OrderPage(OrderSteps steps, MemberViews views) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, null, cancellation);

    /// <summary>The order, with why a step was not taken.</summary>
    public async Task<Reply> Show(Visit visit, Problem? problem, CancellationToken cancellation)
    {
        var id = visit.Value("order");
        if (await steps.Find(id, visit.For(Right.ReadOrders) ?? visit.Admitted, cancellation) is not { } order) return Reply.Nothing;
        var names = await MemberNames.Find(visit, views, [order.MemberId], cancellation);
        return Reply.Of<OrderSheet>(new OrderModel(order, names, Ids.Random("C"), problem,
            problem is null ? OrdersWords.DoneOf(visit.Asked("done")) : null), OrdersWords.Order,
            problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind), $"{OrdersRoom.Address}/{id}");
    }
}
