using Club.Access;
using Club.Kernel;
using Club.Referrals;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Members who name a buyer before a purchase 转介绍.</summary>
public sealed class ReferralFunctions(ReferralDesk desk)
{
    [Function("Refer")]
    [Needs(Right.Refer)]
    public async Task<IResult> Report([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/referrals")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, ReferralRequest.Read, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var reported = await desk.Report(new MemberId(id), wanted.Value.Wanted, wanted.Value.Caller, cancellation);
        return reported.Problem is { } problem ? Http.Problem(problem) : Http.Json(reported.Value);
    }

    [Function("MemberReferrals")]
    [Needs(Right.ReadMember)]
    public Task<IResult> Of([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/referrals")] HttpRequest request,
        string id, CancellationToken cancellation) => Http.PageOf(request, $"Member \"{id}\"", (limit, continuation) =>
            desk.Of(new MemberId(id), Http.CallerOf(request), limit, continuation, cancellation));

    [Function("Referrals")]
    [Needs(Right.ReadReferrals)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "referrals")] HttpRequest request,
        CancellationToken cancellation)
    {
        var state = Http.Choice<ReferralState>(request, "state");
        if (state.Problem is { } wrong) return Http.Problem(wrong);
        return await Http.Page(request, (limit, continuation) =>
            desk.List(state.Value, Http.DealerOf(request), Http.CallerOf(request), limit, continuation, cancellation));
    }
}
