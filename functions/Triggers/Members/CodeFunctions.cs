using Club.Access;
using Club.Edges;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace Club.Triggers;

/// <summary>QR codes as pictures: a member's card and her word, the door of an activity.</summary>
public sealed class CodeFunctions(CodePictures pictures, CardPage page)
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

    [Function("SharedCard")]
    [Open("the club signed the link, which ends")]
    public async Task<IResult> OfLink(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "cards/{link}/{picture}")] HttpRequest request, string link,
        string picture, CancellationToken cancellation) =>
        picture == "card.html" ? Show(request, await page.Open(link, cancellation))
            : Answer(request, await pictures.OfLink(link, picture, cancellation), picture);

    private static IResult Show(HttpRequest request, string? page)
    {
        if (page is null) return Http.NotFound("Page \"card.html\"");
        request.HttpContext.Response.Headers.ContentSecurityPolicy = CardPage.Policy;
        return Results.Content(page, "text/html; charset=utf-8");
    }

    private static IResult Answer(HttpRequest request, QrPicture? picture, string name)
    {
        if (picture is null) return Http.NotFound($"Picture \"{name}\"");
        request.HttpContext.Response.Headers.CacheControl = OwnCopy;
        // Whoever shows this tag is told that nothing has changed.
        return Results.Bytes(picture.Content, picture.ContentType, entityTag: new EntityTagHeaderValue($"\"{picture.Tag}\""));
    }
}
