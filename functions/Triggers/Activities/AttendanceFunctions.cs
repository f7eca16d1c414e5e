using Club.Access;
using Club.Activities;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Who takes part in activities: signed up 报名, let in 签到, and how it was.</summary>
public sealed class AttendanceFunctions(SignUps signUps, CheckIns checkIns, ActivityReports reports)
{
    [Function("SignUp")]
    [Needs(Right.TakePart)]
    public async Task<IResult> SignUp([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "members/{id}/activities/{activity}")] HttpRequest request,
        string id, string activity, CancellationToken cancellation)
    {
        var guests = await Http.ReadSigned(request, SignUpRequest.Read, cancellation, named: false);
        if (guests.Problem is { } wrong) return Http.Problem(wrong);
        return Told(await signUps.SignUp(new MemberId(id), activity, guests.Value.Wanted, guests.Value.Caller, cancellation));
    }

    [Function("CancelSignUp")]
    [Needs(Right.TakePart)]
    public async Task<IResult> Cancel([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "members/{id}/activities/{activity}")] HttpRequest request,
        string id, string activity, CancellationToken cancellation) =>
        Told(await signUps.Cancel(new MemberId(id), activity, Http.CallerOf(request), cancellation));

    [Function("TellOfActivity")]
    [Needs(Right.TakePart)]
    public async Task<IResult> Tell([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "members/{id}/activities/{activity}/feedback")] HttpRequest request,
        string id, string activity, CancellationToken cancellation)
    {
        var told = await Http.ReadSigned(request, FeedbackRequest.Read, cancellation, named: false);
        return told.Problem is { } wrong ? Http.Problem(wrong) : Told(await signUps.Tell(new MemberId(id), activity, told.Value.Wanted,
            told.Value.Caller, cancellation));
    }

    [Function("MemberActivities")]
    [Needs(Right.ReadMember)]
    public Task<IResult> Of([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/activities")] HttpRequest request,
        string id, CancellationToken cancellation) => Http.PageOf(request, $"Member \"{id}\"", (limit, continuation) =>
            reports.History(new MemberId(id), Http.CallerOf(request), limit, continuation, cancellation));

    [Function("SignUps")]
    [Needs(Right.ReadSignUps)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "activities/{activity}/sign-ups")] HttpRequest request,
        string activity, CancellationToken cancellation)
    {
        var state = Http.Choice(request, "state", SignUpState.Opening, SignUpState.Failed);
        if (state.Problem is { } wrong) return Http.Problem(wrong);
        return await Http.PageOf(request, $"Activity \"{activity}\"", (limit, continuation) =>
            reports.SignUps(activity, state.Value, Http.CallerOf(request), limit, continuation, cancellation));
    }

    [Function("CheckIn")]
    [Needs(Right.CheckIn)]
    public async Task<IResult> CheckIn([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "activities/{activity}/check-ins")] HttpRequest request,
        string activity, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, CheckInRequest.Read, cancellation, named: false);
        return wanted.Problem is { } wrong ? Http.Problem(wrong) : Told(await checkIns.ByStaff(activity, wanted.Value.Wanted,
            wanted.Value.Caller, cancellation));
    }

    private static IResult Told<T>(Outcome<T> outcome) => outcome.Problem is { } problem ? Http.Problem(problem) : Http.Json(outcome.Value);
}
