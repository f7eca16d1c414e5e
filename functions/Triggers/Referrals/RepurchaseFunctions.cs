using Club.Access;
using Club.Care;
using Club.Kernel;
using Club.Referrals;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Owners who are asked for another vehicle 重购.</summary>
public sealed class RepurchaseFunctions(RepurchaseDesk desk, ClubCalendar calendar)
{
    [Function("Repurchases")]
    [Needs(Right.ReadReferrals)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "repurchases")] HttpRequest request,
        CancellationToken cancellation)
    {
        var state = Http.Choice<RepurchaseState>(request, "state");
        if (state.Problem is { } wrong) return Http.Problem(wrong);
        return await Http.Page(request, (limit, continuation) => desk.List(state.Value, Http.DealerOf(request), null,
            Http.CallerOf(request), limit, continuation, cancellation));
    }

    [Function("RepurchaseConversion")]
    [Needs(Right.ReadReferrals)]
    public async Task<IResult> Conversion([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "repurchases/conversion")] HttpRequest request,
        CancellationToken cancellation)
    {
        var months = MonthRange.Read(Http.Query(request, "from"), Http.Query(request, "to"), calendar.Today);
        return months.Problem is { } wrong ? Http.Problem(wrong)
            : Http.Json(await desk.Conversion(months.Value, Http.DealerOf(request), Http.CallerOf(request), cancellation));
    }

    [Function("FollowRepurchase")]
    [Needs(Right.HandleCalls)]
    public async Task<IResult> FollowUp([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "repurchases/{id}/follow-ups")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var said = await Http.ReadSigned(request, RepurchaseRequest.Read, cancellation);
        if (said.Problem is { } wrong) return Http.Problem(wrong);
        var kept = await desk.FollowUp(id, said.Value.Wanted, said.Value.Caller, cancellation);
        return kept.Problem is { } problem ? Http.Problem(problem) : Http.Json(kept.Value);
    }
}
