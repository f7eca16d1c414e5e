using Club.Access;
using Club.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What is to be done today 今日工作.</summary>
public sealed class TodayFunctions(TodayDesk desk)
{
    [Function("Today")]
    [Needs(Right.ReadToday)]
    public async Task<IResult> Tell([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "desk/today")] HttpRequest request,
        CancellationToken cancellation) =>
        Http.Json(await desk.Tell(Http.DealerOf(request), Http.CallerOf(request), cancellation));
}
