using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Frame;

/// <summary>With which status a page says that something was refused.</summary>
public static class Statuses
{
    public static int Of(ProblemKind kind) => kind switch
    {
        ProblemKind.Unproven => StatusCodes.Status401Unauthorized,
        ProblemKind.Denied => StatusCodes.Status403Forbidden,
        ProblemKind.NotFound => StatusCodes.Status404NotFound,
        ProblemKind.Conflict => StatusCodes.Status409Conflict,
        ProblemKind.Changed => StatusCodes.Status412PreconditionFailed,
        ProblemKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ProblemKind.MediaType => StatusCodes.Status415UnsupportedMediaType,
        ProblemKind.Busy => StatusCodes.Status429TooManyRequests,
        ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };
}
