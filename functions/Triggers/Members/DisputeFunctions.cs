using Club.Access;
using Club.Joining;
using Club.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Vehicles and numbers whose owner is not sure.</summary>
public sealed class DisputeFunctions(Disputes disputes)
{
    [Function("Disputes")]
    [Needs(Right.ReadWork)]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "disputes")] HttpRequest request,
        CancellationToken cancellation) =>
        Http.Page(request, (limit, continuation) => disputes.List(Http.CallerOf(request), limit, continuation, cancellation));

    [Function("SettleDispute")]
    [Needs(Right.DoWork)]
    public async Task<IResult> Settle(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "disputes/{id}/settle")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var decision = await Http.ReadSigned(request, DisputeDecision.Read, cancellation);
        if (decision.Problem is { } wrong) return Http.Problem(wrong);
        var settled = await disputes.Settle(id, decision.Value.Wanted, decision.Value.Caller, cancellation);
        return settled.Problem is { } problem ? Http.Problem(problem) : Http.Json(settled.Value);
    }
}
