using System.Text.Json;
using Club.Access;
using Club.Gifts;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Orders of gifts 兑换订单, from the member's wish to the hand-over.</summary>
public sealed class OrderFunctions(Orders orders, OrderSteps steps)
{
    [Function("PlaceOrder")]
    [Needs(Right.Order)]
    public Task<IResult> Place([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/orders")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        Http.Once(request, OrderRequest.Read, (order, command, caller) =>
            orders.Place(new MemberId(id), order, command, caller, cancellation), cancellation, StatusCodes.Status201Created);

    [Function("ConfirmOrder")]
    [Needs(Right.FulfilOrders)]
    public Task<IResult> Confirm([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/confirm")] HttpRequest request, string id,
        CancellationToken cancellation) => Go(request, id, OrderState.Confirmed, cancellation);

    [Function("ShipOrder")]
    [Needs(Right.FulfilOrders)]
    public Task<IResult> Ship([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/ship")] HttpRequest request, string id,
        CancellationToken cancellation) => Go(request, id, OrderState.Shipped, cancellation);

    [Function("ReadyOrder")]
    [Needs(Right.FulfilOrders)]
    public Task<IResult> Ready([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/ready")] HttpRequest request, string id,
        CancellationToken cancellation) => Go(request, id, OrderState.Ready, cancellation);

    [Function("CompleteOrder")]
    [Needs(Right.FulfilOrders)]
    public Task<IResult> Done([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/done")] HttpRequest request, string id,
        CancellationToken cancellation) => Go(request, id, OrderState.Done, cancellation);

    [Function("CancelOrder")]
    [Needs(Right.Order)]
    public Task<IResult> Cancel([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/cancel")] HttpRequest request, string id,
        CancellationToken cancellation) => Go(request, id, OrderState.Cancelled, cancellation);

    [Function("Order")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> Find([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{id}")] HttpRequest request, string id,
        CancellationToken cancellation) =>
        await steps.Find(id, Http.CallerOf(request), cancellation) is { } found ? Http.Json(found) : Http.NotFound($"Order \"{id}\"");

    [Function("Orders")]
    [Needs(Right.ReadOrders)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders")] HttpRequest request,
        CancellationToken cancellation)
    {
        var state = Http.Choice(request, "state", OrderState.Opening, OrderState.Failed);
        if (state.Problem is { } wrong) return Http.Problem(wrong);
        return await Http.Page(request, (limit, continuation) =>
            steps.List(state.Value, Http.DealerOf(request), Http.CallerOf(request), limit, continuation, cancellation));
    }

    [Function("MemberOrders")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> OfMember([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/orders")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        await Http.PageOf(request, $"Member \"{id}\"", (limit, continuation) =>
            steps.Of(new MemberId(id), Http.CallerOf(request), limit, continuation, cancellation));

    private Task<IResult> Go(HttpRequest request, string id, OrderState to, CancellationToken cancellation) =>
        Http.Once<StepRequest, OrderView>(request, to == OrderState.Cancelled ? StepRequest.ReadCancel : StepRequest.Read, (step,
            command, caller) =>
            steps.Go(id, to, step, command, caller, cancellation), cancellation);
}
