using Club.Access;
using Club.Kernel;
using Club.Outgoing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What was delivered to a subscription, and what is to be delivered again.</summary>
public sealed class EventDeliveryFunctions(DeliveryDesk desk)
{
    [Function("EventDeliveries")]
    [Needs(Right.ManageSubscriptions)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "subscriptions/{id}/deliveries")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var state = Http.Choice<DeliveryState>(request, "state");
        if (state.Problem is { } wrong) return Http.Problem(wrong);
        return await Http.PageOf(request, $"Subscription \"{id}\"",
            (limit, continuation) => desk.List(id, state.Value, limit, continuation, cancellation));
    }

    [Function("ReplayEvents")]
    [Needs(Right.ManageSubscriptions)]
    public async Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "subscriptions/{id}/replay")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, ReplayRequest.Read, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var replayed = await desk.Replay(id, wanted.Value.Wanted, cancellation);
        return replayed.Problem is { } problem ? Http.Problem(problem) : Http.Json(replayed.Value, StatusCodes.Status202Accepted);
    }

    [Function("TestSubscription")]
    [Needs(Right.ManageSubscriptions)]
    public async Task<IResult> Test(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "subscriptions/{id}/test")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, Http.Nothing, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var tested = await desk.Test(id, cancellation);
        return tested.Problem is { } problem ? Http.Problem(problem) : Http.Json(tested.Value);
    }

    [Function("ResendEvent")]
    [Needs(Right.ManageSubscriptions)]
    public async Task<IResult> Resend(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "subscriptions/{id}/deliveries/{eventId}/resend")] HttpRequest request,
        string id, string eventId, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, Http.Nothing, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var resent = await desk.Resend(id, eventId, cancellation);
        return resent.Problem is { } problem ? Http.Problem(problem) : Http.Json(resent.Value, StatusCodes.Status202Accepted);
    }
}
