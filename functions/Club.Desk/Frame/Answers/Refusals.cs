using Club.Desk.Parts;
using Club.Desk.Words;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Frame;

/// <summary>Pages that say why there is nothing to see.</summary>
internal static class Refusals
{
    public static IResult Of(Visit visit, Said title, Said why, int status) =>
        new PageResult(visit, Reply.Of<Refusal>(new RefusalModel(title, why), title, status));

    public static IResult Denied(Visit visit) => Of(visit, FrameWords.Denied, FrameWords.DeniedWhy, StatusCodes.Status403Forbidden);

    public static IResult NotFound(Visit visit) => Of(visit, FrameWords.NotFound, FrameWords.NotFoundWhy, StatusCodes.Status404NotFound);
}

/// <param name="Why">What to do about it.</param>
public sealed record RefusalModel(Said Title, Said Why);
