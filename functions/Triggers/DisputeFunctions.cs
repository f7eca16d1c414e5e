using Club.Kernel;
using Club.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Vehicles whose owner is not sure.</summary>
public sealed class DisputeFunctions(Disputes disputes)
{
    [Function("Disputes")]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "get", Route = "disputes")] HttpRequest request, CancellationToken cancellation)
    {
        var limit = Http.Limit(request);
        if (limit.Problem is { } wrong) return Http.Problem(wrong);
        var continuation = Http.Query(request, "continuation");
        try
        {
            var (items, next) = await disputes.List(limit.Value, continuation, cancellation);
            return Http.Json(new ListPage<DisputeView>(items, next));
        }
        catch (ArgumentException) when (continuation is not null)
        {
            return Http.Problem(new Problem("invalid-continuation", "continuation: not one that this list gave.", "continuation"));
        }
    }

    [Function("SettleDispute")]
    public async Task<IResult> Settle([HttpTrigger(AuthorizationLevel.Function, "post", Route = "disputes/{id}/settle")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var body = await Http.Body(request, cancellation);
        if (body.Length > Http.MaximumBody) return Http.TooLarge();
        var decision = DisputeDecision.Read(body);
        if (decision.Problem is { } wrong) return Http.Problem(wrong);
        var settled = await disputes.Settle(id, decision.Value, cancellation);
        return settled.Problem is { } problem ? Http.Problem(problem) : Http.Json(settled.Value);
    }
}
