using Club.Kernel;
using Club.Store;
using Microsoft.AspNetCore.Http;

namespace Club.Triggers;

/// <summary>What a call is answered whose function threw, by both hosts alike.</summary>
internal static class Faults
{
    /// <summary>Null when nobody waits for an answer any more.</summary>
    public static IResult? Answer(HttpContext context, Exception fault)
    {
        switch (fault)
        {
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return null;
            case BadHttpRequestException bad:
                return Http.Problem(bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? new Problem("too-large", bad.Message) { Kind = ProblemKind.TooLarge } : new Problem("bad-request", bad.Message));
            case StoreException:
                context.Response.Headers.RetryAfter = "1";
                return Http.Problem(new Problem("store-unavailable",
                    "The store did not answer. Try again.") { Kind = ProblemKind.Unavailable });
            default:
                return Http.Problem(new Problem("internal", "The request failed. The log says why.") { Kind = ProblemKind.Fault });
        }
    }
}
