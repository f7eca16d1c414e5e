using Club.Access;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Triggers;

/// <summary>Keeps who makes a call: of a change before it is made, of a reading before it is answered.</summary>
internal sealed class AuditedCalls(AuditTrail audit)
{
    private const string PurposeHeader = "X-Purpose";

    /// <summary>The function's answer; its own when the caller says what for in a word that there is not.</summary>
    public async ValueTask<IResult?> Run(HttpContext context, Watched function, Func<ValueTask<IResult?>> call)
    {
        var purpose = PurposeOf(context.Request);
        if (purpose.Problem is { } unknown) return Http.Problem(unknown);
        return HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            ? await Read(context, function, purpose.Value, call) : await Change(context, function, purpose.Value, call);
    }

    /// <summary>What is outside somebody's scope is kept as what does not exist, and takes as long.</summary>
    private async Task<IResult?> Read(HttpContext context, Watched function, Purpose? purpose, Func<ValueTask<IResult?>> call)
    {
        var answer = await call();
        await Keep(context, function, purpose, answer, StatusOf(answer));
        return answer;
    }

    private async Task<IResult?> Change(HttpContext context, Watched function, Purpose? purpose, Func<ValueTask<IResult?>> call)
    {
        var begun = await Keep(context, function, purpose, answer: null, status: null);
        var answer = await call();
        // Whoever has gone meanwhile has still done it.
        await audit.Finish(begun, Http.CallerOf(context.Request), Watched.Members(context.Request, answer), StatusOf(answer),
            CancellationToken.None);
        return answer;
    }

    private Task<AuditRecord> Keep(HttpContext context, Watched function, Purpose? purpose, IResult? answer, int? status) =>
        audit.Keep(Http.CallerOf(context.Request), purpose, function.Name, Watched.Members(context.Request, answer),
            function.Subject(context.Request), status, context.RequestAborted);

    private static int StatusOf(IResult? answer) => (answer as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;

    private static Outcome<Purpose?> PurposeOf(HttpRequest request)
    {
        if (request.Headers[PurposeHeader].ToString() is not { Length: > 0 } text) return (Purpose?)null;
        return AuditWords.Purpose(text) is { } purpose ? purpose
            : new Problem("invalid-purpose", $"{PurposeHeader}: {AuditWords.Unknown(text)}", PurposeHeader);
    }
}
