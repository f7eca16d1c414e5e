using Club.Access;
using Club.Care;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What the care plan does 关怀效果.</summary>
public sealed class CareFunctions(CareEffects effects, MemberMaintenance maintenance, ClubCalendar calendar)
{
    [Function("CareEffects")]
    [Needs(Right.ReadCare)]
    public async Task<IResult> Effects([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "care/effects")] HttpRequest request,
        CancellationToken cancellation)
    {
        var months = MonthRange.Read(Http.Query(request, "from"), Http.Query(request, "to"), calendar.Today);
        return months.Problem is { } wrong ? Http.Problem(wrong) : Http.Json(await effects.Of(months.Value, cancellation));
    }

    [Function("MemberMaintenance")]
    [Needs(Right.ReadValue)]
    public async Task<IResult> Maintenance(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/maintenance")] HttpRequest request, string id,
        CancellationToken cancellation) =>
        await maintenance.Of(new MemberId(id), Http.CallerOf(request), cancellation) is { } view ? Http.Json(view)
            : Http.NotFound($"Member \"{id}\"");
}
