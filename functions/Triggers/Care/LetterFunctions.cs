using Club.Access;
using Club.Care;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Whom to write to by post 邮寄关怀, and what became of it.</summary>
public sealed class LetterFunctions(CareLetters letters)
{
    [Function("Letters")]
    [Needs(Right.ReadLetters)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "letters")] HttpRequest request,
        CancellationToken cancellation)
    {
        var state = Http.Choice<LetterState>(request, "state");
        if (state.Problem is { } wrong) return Http.Problem(wrong);
        var (asked, dealer, caller) = (state.Value ?? LetterState.Open, Http.DealerOf(request), Http.CallerOf(request));
        return Http.Query(request, "format") switch
        {
            null or "json" => await Http.Page(request, (limit, continuation) =>
                letters.List(asked, dealer, caller, limit, continuation, cancellation)),
            "csv" => Results.Stream(stream => LetterFile.Write(stream, letters, asked, dealer, caller, cancellation),
                LetterFile.ContentType, LetterFile.Name),
            _ => Http.Problem(new Problem("invalid-query", "format: json or csv is expected.", "format")),
        };
    }

    [Function("TakeLetter")]
    [Needs(Right.SendLetters)]
    public async Task<IResult> Take([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "letters/{id}/outcomes")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var said = await Http.ReadSigned(request, LetterRequest.Read, cancellation);
        if (said.Problem is { } wrong) return Http.Problem(wrong);
        var taken = await letters.Take(id, said.Value.Wanted, said.Value.Caller, cancellation);
        return taken.Problem is { } problem ? Http.Problem(problem) : Http.Json(taken.Value);
    }
}
