using Club.Access;
using Club.Edges;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace Club.Triggers;

/// <summary>QR codes as pictures: a member's card and her word, the door of an activity.</summary>
public sealed class CodeFunctions(CodePictures pictures)
{
    /// <summary>They change hardly ever, and a copy is asked for again by its tag; nobody keeps it for somebody else.</summary>
    private const string OwnCopy = "private, no-cache";

    [Function("MemberCode")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> OfMember(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/codes/{picture}")] HttpRequest request, string id,
        string picture, CancellationToken cancellation) =>
        Answer(request, await pictures.OfMember(new MemberId(id), picture, Http.CallerOf(request), cancellation), picture);

    [Function("ActivityCode")]
    [Needs(Right.ReadActivities)]
    public async Task<IResult> OfActivity(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "activities/{activity}/codes/{picture}")] HttpRequest request,
        string activity, string picture, CancellationToken cancellation) =>
        Answer(request, await pictures.OfActivity(activity, picture, Http.CallerOf(request), cancellation), picture);

    private static IResult Answer(HttpRequest request, QrPicture? picture, string name)
    {
        if (picture is null) return Http.NotFound($"Picture \"{name}\"");
        request.HttpContext.Response.Headers.CacheControl = OwnCopy;
        // Whoever shows this tag is told that nothing has changed.
        return Results.Bytes(picture.Content, picture.ContentType, entityTag: new EntityTagHeaderValue($"\"{picture.Tag}\""));
    }
}
