using Club.Access;
using Club.Edges;
using Club.Kernel;
using Club.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What a member tells anew, and what she told before.</summary>
public sealed class CorrectionFunctions(CorrectMember correct, ChangeConsent consent, MemberHistory history, Membership membership,
    MemberViews views)
{
    [Function("CorrectMember")]
    [Needs(Right.CorrectMember)]
    public async Task<IResult> Correct([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "members/{id}")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, correct.Read, cancellation);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var corrected = await correct.Handle(new MemberId(id), wanted.Value.Wanted, wanted.Value.Caller, cancellation);
        return corrected.Problem is { } problem ? Http.Problem(problem)
            : Http.Json(await views.View(new Seen(corrected.Value, IsMasked: false), cancellation));
    }

    [Function("ChangeConsents")]
    [Needs(Right.CorrectMember)]
    public async Task<IResult> Consent([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "members/{id}/consents")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, ChangeConsent.Read, cancellation);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var changed = await consent.Handle(new MemberId(id), wanted.Value.Wanted, wanted.Value.Caller, cancellation);
        return changed.Problem is { } problem ? Http.Problem(problem) : Http.Json(ConsentsView.Of(changed.Value));
    }

    [Function("MemberHistory")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> History([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/history")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        await membership.See(new MemberId(id), Http.CallerOf(request), cancellation) is { } seen
            ? await Http.Page(request, (limit, continuation) =>
                history.List(seen.Profile.MemberId, seen.IsMasked, limit, continuation, cancellation))
            : Http.NotFound($"Member \"{id}\"");
}
