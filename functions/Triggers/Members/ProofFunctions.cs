using System.Globalization;
using Club.Access;
using Club.Kernel;
using Club.Proof;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>The roots of each night, and a member's proof that her history is what it was.</summary>
public sealed class ProofFunctions(Roots roots, ProofDesk desk)
{
    [Function("ProofRoots")]
    [Needs(Right.ReadRoots)]
    public async Task<IResult> Roots([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "proof/roots")] HttpRequest request,
        CancellationToken cancellation)
    {
        var day = Day(request);
        if (day.Problem is { } wrong) return Http.Problem(wrong);
        if (day.Value is { } asked)
            return Http.Json(new ListPage<RootView>(await roots.Of(asked, cancellation) is { } root ? [RootView.Of(root)] : [], null));
        return await Http.Page(request, async (limit, continuation) =>
        {
            var (items, next) = await roots.List(limit, continuation, cancellation);
            return ((IReadOnlyList<RootView>)[.. items.Select(RootView.Of)], next);
        });
    }

    [Function("MemberProof")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> Proof([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/proof")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var day = Day(request);
        if (day.Problem is { } wrong) return Http.Problem(wrong);
        var proof = await desk.Of(new MemberId(id), day.Value, Http.CallerOf(request), cancellation);
        return proof.Problem is { } problem ? Http.Problem(problem) : Http.Json(proof.Value);
    }

    private static Outcome<DateOnly?> Day(HttpRequest request)
    {
        if (Http.Query(request, "day") is not { } text) return (DateOnly?)null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : new Problem("invalid-query", "day: a day such as 2026-11-26 is expected.", "day");
    }
}
