using Club.Access;
using Club.Care;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Whom to call 电话关怀, and what became of it.</summary>
public sealed class CallFunctions(CareCalls calls, CallAdvisors advisors)
{
    [Function("Calls")]
    [Needs(Right.ReadCalls)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "calls")] HttpRequest request,
        CancellationToken cancellation)
    {
        var (state, on) = (Http.Choice<CallState>(request, "state"), CallDay.Read(Http.Query(request, "on")));
        if ((state.Problem ?? on.Problem) is { } wrong) return Http.Problem(wrong);
        return await Http.Page(request, (limit, continuation) => calls.List(state.Value ?? CallState.Open, Http.DealerOf(request), on.Value,
            Http.CallerOf(request), limit, continuation, cancellation, Http.Query(request, "advisor")));
    }

    [Function("TakeCall")]
    [Needs(Right.HandleCalls)]
    public async Task<IResult> Take([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls/{id}/outcomes")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var said = await Http.ReadSigned(request, CallRequest.Read, cancellation);
        if (said.Problem is { } wrong) return Http.Problem(wrong);
        var taken = await calls.Take(id, said.Value.Wanted, said.Value.Caller, cancellation);
        return taken.Problem is { } problem ? Http.Problem(problem) : Http.Json(taken.Value);
    }

    [Function("AssignCall")]
    [Needs(Right.HandleCalls)]
    public async Task<IResult> Assign([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls/{id}/advisor")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var asked = await Http.ReadSigned(request, CallAdvisorRequest.Read, cancellation);
        if (asked.Problem is { } wrong) return Http.Problem(wrong);
        var given = await advisors.Give(id, asked.Value.Wanted, asked.Value.Caller, cancellation);
        return given.Problem is { } problem ? Http.Problem(problem) : Http.Json(given.Value);
    }
}
