using Club.Access;
using Club.Activities;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Who is invited to an activity 邀约, and the photos of it.</summary>
public sealed class InvitingFunctions(Invitees invitees, Invitations invitations, ActivityPhotos photos)
{
    [Function("CountInvitees")]
    [Needs(Right.PlanActivities)]
    public async Task<IResult> Count(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "activities/{activity}/invitees/count")] HttpRequest request, string activity,
        CancellationToken cancellation)
    {
        var filter = await Http.Read(request, InviteeFilter.Read, cancellation);
        if (filter.Problem is { } wrong) return Http.Problem(wrong);
        var count = await invitees.Count(activity, filter.Value, Http.CallerOf(request), cancellation);
        return count.Problem is { } problem ? Http.Problem(problem) : Http.Json(count.Value);
    }

    [Function("Invite")]
    [Needs(Right.PlanActivities)]
    public Task<IResult> Invite([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "activities/{activity}/invitations")] HttpRequest request,
        string activity, CancellationToken cancellation) =>
        Http.Once(request, InvitationRequest.Read, (wanted, command, caller) =>
            invitations.Send(activity, wanted, command, caller, cancellation), cancellation, StatusCodes.Status202Accepted);

    [Function("Invitation")]
    [Needs(Right.ReadActivities)]
    public async Task<IResult> Find([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "activities/{activity}/invitations")] HttpRequest request,
        string activity, CancellationToken cancellation) =>
        await invitations.Find(activity, Http.CallerOf(request), cancellation) is { } found ? Http.Json(found)
            : Http.NotFound($"An invitation to \"{activity}\"");

    [Function("PutPhoto")]
    [Needs(Right.PlanActivities)]
    public async Task<IResult> PutPhoto([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "activities/{activity}/photos/{name}")] HttpRequest request,
        string activity, string name, CancellationToken cancellation)
    {
        var content = await Http.Body(request, cancellation, ActivityPhotos.Largest);
        var put = await photos.Put(activity, name, content, Http.CallerOf(request), cancellation);
        return put.Problem is { } problem ? Http.Problem(problem) : Http.Json(new { photo = put.Value });
    }

    [Function("Photo")]
    [Needs(Right.ReadActivities)]
    public async Task<IResult> Photo([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "activities/{activity}/photos/{name}")] HttpRequest request,
        string activity, string name, CancellationToken cancellation) =>
        await photos.Open(activity, name, Http.CallerOf(request), cancellation) is { } file ? Results.Stream(file.Content, file.ContentType)
            : Http.NotFound($"Photo \"{name}\"");
}
