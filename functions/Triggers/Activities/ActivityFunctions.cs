using Club.Access;
using Club.Activities;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Activities 活动 as they are planned, agreed to, opened and closed.</summary>
public sealed class ActivityFunctions(ActivityPlans plans, ActivityReports reports)
{
    [Function("Activities")]
    [Needs(Right.ReadActivities)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "activities")] HttpRequest request,
        CancellationToken cancellation)
    {
        var state = Http.Choice<ActivityState>(request, "state");
        if (state.Problem is { } wrong) return Http.Problem(wrong);
        var caller = Http.CallerOf(request);
        return await Http.Page(request, async (limit, continuation) =>
        {
            var (items, next) = await plans.List(state.Value, Http.DealerOf(request), caller, limit, continuation, cancellation);
            return ((IReadOnlyList<ActivityView>)[.. items.Select(one => ActivityView.Of(one, caller))], next);
        });
    }

    [Function("Activity")]
    [Needs(Right.ReadActivities)]
    public async Task<IResult> Find([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "activities/{activity}")] HttpRequest request,
        string activity, CancellationToken cancellation)
    {
        if (await reports.Of(activity, Http.CallerOf(request), cancellation) is not var (told, tag))
            return Http.Problem(ActivityPlans.Unknown(activity));
        request.HttpContext.Response.Headers.ETag = $"\"{tag}\"";
        return Http.Json(told);
    }

    [Function("PutActivity")]
    [Needs(Right.PlanActivities)]
    public async Task<IResult> Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "activities/{activity}")] HttpRequest request,
        string activity, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, body => ActivityRequest.Read(body, activity), cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var tag = request.Headers.IfMatch.ToString() is { Length: > 0 } given and not "*" ? given.Trim('"') : null;
        var put = await plans.Put(activity, wanted.Value.Wanted, tag, wanted.Value.Caller, cancellation);
        if (put.Problem is { } problem) return Http.Problem(problem);
        request.HttpContext.Response.Headers.ETag = $"\"{put.Value.Tag}\"";
        return Http.Json(ActivityView.Of(put.Value.Activity, wanted.Value.Caller),
            put.Value.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    [Function("RequestActivityBudget")]
    [Needs(Right.PlanActivities)]
    public Task<IResult> Ask([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "activities/{activity}/request")] HttpRequest request,
        string activity, CancellationToken cancellation) => Go(request, activity, ActivityState.Requested, cancellation);

    [Function("ApproveActivityBudget")]
    [Needs(Right.Approve)]
    public Task<IResult> Approve([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "activities/{activity}/approve")] HttpRequest request,
        string activity, CancellationToken cancellation) => Go(request, activity, ActivityState.Approved, cancellation);

    [Function("RefuseActivityBudget")]
    [Needs(Right.Approve)]
    public Task<IResult> Refuse([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "activities/{activity}/refuse")] HttpRequest request,
        string activity, CancellationToken cancellation) => Go(request, activity, ActivityState.Refused, cancellation);

    [Function("OpenActivity")]
    [Needs(Right.PlanActivities)]
    public Task<IResult> Open([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "activities/{activity}/open")] HttpRequest request,
        string activity, CancellationToken cancellation) => Go(request, activity, ActivityState.Open, cancellation);

    [Function("CloseActivity")]
    [Needs(Right.PlanActivities)]
    public Task<IResult> Close([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "activities/{activity}/close")] HttpRequest request,
        string activity, CancellationToken cancellation) => Go(request, activity, ActivityState.Closed, cancellation);

    [Function("CancelActivity")]
    [Needs(Right.PlanActivities)]
    public Task<IResult> Cancel([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "activities/{activity}/cancel")] HttpRequest request,
        string activity, CancellationToken cancellation) => Go(request, activity, ActivityState.Cancelled, cancellation);

    private async Task<IResult> Go(HttpRequest request, string activity, ActivityState to, CancellationToken cancellation)
    {
        var step = await Http.ReadSigned(request, body => ActivityStep.Read(body, to), cancellation, named: false);
        if (step.Problem is { } wrong) return Http.Problem(wrong);
        var went = await plans.Go(activity, step.Value.Wanted, step.Value.Caller, cancellation);
        return went.Problem is { } problem ? Http.Problem(problem) : Http.Json(ActivityView.Of(went.Value, step.Value.Caller));
    }
}
