using System.Text.Json;
using Club.Kernel;

namespace Club.Dealers;

/// <summary>A plan as a dealer's director writes it.</summary>
/// <param name="From">From when on it judges; null: as soon as every host knows of it.</param>
/// <param name="After">The number of the version that she has seen, and that this one follows; 0: there was none.</param>
/// <param name="Plan">Rules and care.</param>
public sealed record PlanRequest(DateTimeOffset? From, int After, JsonElement Plan)
{
    public static Outcome<PlanRequest> Read(JsonFields body)
    {
        var (from, after, plan) = (body.Moment("from", required: false), body.Whole("after", required: false), body.Raw("plan"));
        return body.Problem is { } problem ? problem : new PlanRequest(from, after ?? 0, plan!.Value.Clone());
    }
}
