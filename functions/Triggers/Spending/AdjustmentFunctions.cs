using Club.Access;
using Club.Kernel;
using Club.Spending;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Corrections of members' points by hand 调整, and who agrees to them.</summary>
public sealed class AdjustmentFunctions(Adjustments adjustments)
{
    [Function("Adjust")]
    [Needs(Right.Adjust)]
    public Task<IResult> Ask([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/adjustments")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        Http.Once(request, AdjustmentRequest.Read, (adjustment, command, caller) =>
            adjustments.Ask(new MemberId(id), adjustment, command, caller, cancellation),
            answer => answer.State == AdjustmentState.AwaitingApproval ? StatusCodes.Status202Accepted : StatusCodes.Status201Created,
            cancellation);

    [Function("ApproveAdjustment")]
    [Needs(Right.Approve)]
    public Task<IResult> Approve([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "adjustments/{id}/approve")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        Http.Once(request, Http.Nothing, (_, command, caller) => adjustments.Approve(id, command, caller, cancellation), cancellation);

    [Function("RefuseAdjustment")]
    [Needs(Right.Approve)]
    public Task<IResult> Refuse([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "adjustments/{id}/refuse")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        Http.Once(request, Http.Reason, (reason, command, caller) =>
            adjustments.Refuse(id, reason, command, caller, cancellation), cancellation);

    [Function("Adjustments")]
    [Needs(Right.ReadAdjustments)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "adjustments")] HttpRequest request,
        CancellationToken cancellation)
    {
        var state = AdjustmentRequest.StateOf(Http.Query(request, "state"));
        return state.Problem is { } wrong ? Http.Problem(wrong)
            : await Http.Page(request, (limit, continuation) => adjustments.List(state.Value, limit, continuation, cancellation));
    }
}
