using Club.Access;
using Club.Kernel;
using Club.Outgoing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Subscriptions 订阅: who is told of what happens in the club, and where.</summary>
public sealed class SubscriptionFunctions(SubscriptionBook subscriptions)
{
    [Function("PutSubscription")]
    [Needs(Right.ManageSubscriptions)]
    public async Task<IResult> Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "subscriptions/{id}")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, SubscriptionRequest.Read, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var put = await subscriptions.Put(id, wanted.Value.Wanted, wanted.Value.Caller, cancellation);
        return put.Problem is { } problem ? Http.Problem(problem)
            : Http.Json(put.Value.Subscription, put.Value.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    [Function("Subscription")]
    [Needs(Right.ManageSubscriptions)]
    public async Task<IResult> Find([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "subscriptions/{id}")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        await subscriptions.Find(id, cancellation) is { } found ? Http.Json(found) : Http.NotFound($"Subscription \"{id}\"");

    [Function("Subscriptions")]
    [Needs(Right.ManageSubscriptions)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "subscriptions")] HttpRequest request,
        CancellationToken cancellation) =>
        await Http.Page(request, (limit, continuation) => subscriptions.List(limit, continuation, cancellation));

    [Function("DeleteSubscription")]
    [Needs(Right.ManageSubscriptions)]
    public async Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "subscriptions/{id}")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        await subscriptions.Delete(id, Http.CallerOf(request), cancellation) ? Results.NoContent() : Http.NotFound($"Subscription \"{id}\"");

    [Function("RotateSecret")]
    [Needs(Right.ManageSubscriptions)]
    public Task<IResult> Rotate([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "subscriptions/{id}/secret")] HttpRequest request,
        string id, CancellationToken cancellation) => Do(request, caller => subscriptions.Rotate(id, caller, cancellation), cancellation);

    [Function("EnableSubscription")]
    [Needs(Right.ManageSubscriptions)]
    public Task<IResult> Enable([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "subscriptions/{id}/enable")] HttpRequest request,
        string id, CancellationToken cancellation) => Do(request, caller => subscriptions.Enable(id, caller, cancellation), cancellation);

    [Function("DisableSubscription")]
    [Needs(Right.ManageSubscriptions)]
    public Task<IResult> Disable([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "subscriptions/{id}/disable")] HttpRequest request,
        string id, CancellationToken cancellation) => Do(request, caller => subscriptions.Disable(id, caller, cancellation), cancellation);

    private static async Task<IResult> Do(HttpRequest request, Func<Caller, Task<Outcome<SubscriptionView>>> change,
        CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, Http.Nothing, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var changed = await change(wanted.Value.Caller);
        return changed.Problem is { } problem ? Http.Problem(problem) : Http.Json(changed.Value);
    }
}
