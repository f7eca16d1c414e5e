using System.Globalization;
using Club.Access;
using Club.Kernel;
using Club.Settlement;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What the club owes for points that are not spent 积分负债.</summary>
public sealed class LiabilityFunctions(Liability liability)
{
    [Function("Liability")]
    [Needs(Right.ReadLiability)]
    public async Task<IResult> Of([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "liability")] HttpRequest request,
        CancellationToken cancellation)
    {
        var (day, asked) = (default(DateOnly), Http.Query(request, "on"));
        if (asked is not null && !DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            return Http.Problem(new Problem("invalid-query", $"on: \"{asked}\" is not a date (yyyy-MM-dd).", "on"));
        var found = await liability.Of(asked is null ? null : day, cancellation);
        return found.Problem is { } problem ? Http.Problem(problem) : Http.Json(found.Value);
    }
}
