using Club.Access;
using Club.Care;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What the care plan does 关怀效果.</summary>
public sealed class CareFunctions(CareEffects effects, ClubCalendar calendar)
{
    [Function("CareEffects")]
    [Needs(Right.ReadCare)]
    public async Task<IResult> Effects([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "care/effects")] HttpRequest request,
        CancellationToken cancellation)
    {
        var months = MonthRange.Read(Http.Query(request, "from"), Http.Query(request, "to"), calendar.Today);
        return months.Problem is { } wrong ? Http.Problem(wrong) : Http.Json(await effects.Of(months.Value, cancellation));
    }
}
