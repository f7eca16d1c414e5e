using Club.Access;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Triggers;

/// <summary>Has it kept who makes a call, and what for.</summary>
internal sealed class AuditedCalls(AuditTrail audit)
{
    private const string PurposeHeader = "X-Purpose";

    /// <summary>The function's answer; its own when the caller says what for in a word that there is not.</summary>
    public async ValueTask<IResult?> Run(HttpContext context, Watched function, Func<ValueTask<IResult?>> call)
    {
        var request = context.Request;
        var purpose = PurposeOf(request);
        if (purpose.Problem is { } unknown) return Http.Problem(unknown);
        var kept = new AuditedCall(function.Name, Watched.Members(request), function.Subject(request), purpose.Value);
        var isReading = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return await audit.Watch(kept, !isReading, () => Http.CallerOf(request), () => call().AsTask(),
            answer => (Watched.Members(answer), StatusOf(answer)), context.RequestAborted);
    }

    private static int StatusOf(IResult? answer) => (answer as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;

    private static Outcome<Purpose?> PurposeOf(HttpRequest request)
    {
        if (request.Headers[PurposeHeader].ToString() is not { Length: > 0 } text) return (Purpose?)null;
        return AuditWords.Purpose(text) is { } purpose ? purpose
            : new Problem("invalid-purpose", $"{PurposeHeader}: {AuditWords.Unknown(text)}", PurposeHeader);
    }
}
