using System.Text.Json;
using Club.Access;
using Club.Joining;
using Club.Kernel;
using Club.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Whom dealers and headquarters propose as members 申请, and the queue to decide.</summary>
public sealed class ApplicationFunctions(Applications applications)
{
    [Function("Apply")]
    [Needs(Right.Apply)]
    public async Task<IResult> Apply([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "applications")] HttpRequest request,
        CancellationToken cancellation)
    {
        var wanted = await Http.ReadCommand(request, await applications.Reader(cancellation), cancellation);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var (application, caller, command) = wanted.Value;
        return Http.Answer(request, await applications.Apply(application, command, caller, cancellation), _ => true);
    }

    [Function("Applications")]
    [Needs(Right.ReadApplications)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "applications")] HttpRequest request,
        CancellationToken cancellation)
    {
        var state = Http.Choice<ApplicationState>(request, "state");
        if (state.Problem is { } wrong) return Http.Problem(wrong);
        return await Http.Page(request, (limit, continuation) =>
            applications.List(state.Value, Http.DealerOf(request), Http.CallerOf(request), limit, continuation, cancellation));
    }

    [Function("ApproveApplication")]
    [Needs(Right.DecideApplications)]
    public async Task<IResult> Approve(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "applications/{id}/approve")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, Outcome<string> (body) => body.Text("reason", required: false, maximum: Limits.Reason) ?? "",
            cancellation);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var reason = wanted.Value.Wanted is { Length: > 0 } text ? text : null;
        return Answer(await applications.Approve(id, reason, wanted.Value.Caller, cancellation));
    }

    [Function("RefuseApplication")]
    [Needs(Right.DecideApplications)]
    public async Task<IResult> Refuse(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "applications/{id}/refuse")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, Http.Reason, cancellation);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        return Answer(await applications.Refuse(id, wanted.Value.Wanted, wanted.Value.Caller, cancellation));
    }

    private static IResult Answer(Outcome<ApplicationView> decided) =>
        decided.Problem is { } problem ? Http.Problem(problem) : Http.Json(decided.Value);
}
