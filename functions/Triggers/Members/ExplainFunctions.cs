using Club.Access;
using System.Globalization;
using Club.Explaining;
using Club.Kernel;
using Club.Programmes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Why members have the points they have, and what a transaction would bring.</summary>
public sealed class ExplainFunctions(Explain explain, Preview preview, ProgrammeLibrary library)
{
    [Function("EntryExplanation")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> Entry(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/entries/{sequence}/explanation")] HttpRequest request,
        string id, string sequence, CancellationToken cancellation) =>
        long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && await explain.Entry(new MemberId(id), Http.CallerOf(request), number, cancellation) is { } explanation
            ? Http.Json(explanation)
            : Http.NotFound($"Entry {sequence} of member \"{id}\"");

    [Function("Preview")]
    [Needs(Right.TryRules)]
    public async Task<IResult> Price(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "programmes/{id}/preview")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var rules = await library.Now(cancellation);
        if (id != rules.Current.Id) return Http.NotFound($"Programme \"{id}\"");
        var body = await Http.Body(request, cancellation);
        if (body.Length > Limits.Body) return Http.Problem(Problem.TooLarge(Limits.Body));
        Programme? version = null;
        if (Http.Query(request, "version") is { } name && (version = rules.Find(name)) is null)
            return Http.NotFound($"Version \"{name}\" of the programme");
        var priced = await preview.Price(body, rules, version, cancellation);
        return priced.Problem is { } problem ? Http.Problem(problem) : Http.Json(priced.Value);
    }
}
