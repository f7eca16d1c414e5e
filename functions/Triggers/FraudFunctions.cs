using Club.Access;
using Club.Fraud;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Bills in doubt 疑似假单, and who decides about them.</summary>
public sealed class FraudFunctions(FraudDesk desk)
{
    [Function("Suspicions")]
    [Needs(Right.ReadSuspicions)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "suspicions")] HttpRequest request,
        CancellationToken cancellation)
    {
        var state = Http.Choice<SuspicionState>(request, "state");
        if (state.Problem is { } wrong) return Http.Problem(wrong);
        return await Http.Page(request, (limit, continuation) =>
            desk.List(state.Value, Http.DealerOf(request), limit, continuation, cancellation));
    }

    [Function("ClearSuspicion")]
    [Needs(Right.DecideSuspicions)]
    public Task<IResult> Clear([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "suspicions/{id}/clear")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        Http.Once(request, Http.Reason, (reason, command, caller) => desk.Clear(id, reason, command, caller, cancellation), cancellation);

    [Function("ConfirmSuspicion")]
    [Needs(Right.DecideSuspicions)]
    public Task<IResult> Confirm([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "suspicions/{id}/confirm")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        Http.Once(request, Http.Reason, (reason, command, caller) => desk.Confirm(id, reason, command, caller, cancellation), cancellation);
}
