using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Edges;
using Club.Gifts;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Orders;

/// <param name="State">Null: of any.</param>
/// <param name="Names">Of those who are the caller's to see.</param>
/// <param name="Key">Makes a form that is sent twice count once.</param>
public sealed record OrdersModel(PageOf<OrderView> Found, OrderState? State, IReadOnlyDictionary<MemberId, string> Names, string Key,
    Problem? Problem, Said? Done) : IShowsMembers
{
    public IEnumerable<MemberId> Members => Found.Items.Select(one => one.MemberId).Distinct();
}

/// <summary>Orders, the latest first.</summary>
public sealed class OrdersPage(OrderSteps steps, MemberViews views) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, null, cancellation);

    /// <summary>The list, with why a step was not taken.</summary>
    public async Task<Reply> Show(Visit visit, Problem? problem, CancellationToken cancellation)
    {
        var state = OrdersWords.StateOf(visit.Asked("state"));
        DealerId? dealer = visit.Asked("dealerId") is { } named ? new DealerId(named) : null;
        // Who takes an order back sees the same list as who takes it on.
        var caller = visit.For(Right.ReadOrders) ?? visit.Admitted;
        var found = await Paging.Find(visit, (limit, continuation) => steps.List(state, dealer, caller, limit, continuation, cancellation));
        var names = await MemberNames.Find(visit, views, found.Items.Select(one => one.MemberId), cancellation);
        return Reply.Of<OrderList>(new OrdersModel(found, state, names, Ids.Random("C"), problem,
            problem is null ? OrdersWords.DoneOf(visit.Asked("done")) : null), OrdersWords.Orders,
            problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind), OrdersRoom.Address);
    }
}
