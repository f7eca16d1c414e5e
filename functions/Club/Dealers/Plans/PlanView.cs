using System.Text.Json;
using System.Text.Json.Serialization;
using Club.Kernel;
using Club.Programmes;

namespace Club.Dealers;

/// <summary>Whether a dealer's plan judges what happens now.</summary>
[JsonConverter(typeof(KebabCaseEnum<PlanState>))]
public enum PlanState { None, Planned, InForce, Suspended }

/// <summary>A dealer's plan.</summary>
/// <param name="Current">The version in force, or that would be were it not suspended; null: none has begun.</param>
/// <param name="Latest">The number of the version written last, which the next one follows; 0: none.</param>
/// <param name="WithoutForce">What of the current version the rule book of today does not allow any more.</param>
/// <param name="Versions">The latest first.</param>
/// <param name="Suspensions">The latest first.</param>
public sealed record PlanView(DealerId DealerId, PlanState State, PlanVersionView? Current, int Latest, IReadOnlyList<string> WithoutForce,
    IReadOnlyList<PlanVersionView> Versions, IReadOnlyList<PlanPauseView> Suspensions);

/// <param name="Plan">Rules and care as they were written; null of versions long past.</param>
public sealed record PlanVersionView(int Number, DateTimeOffset From, DateTimeOffset WrittenAt, string Author, JsonElement? Plan);

/// <param name="Until">Null: until it is lifted.</param>
/// <param name="By">Null: the dealer closed.</param>
public sealed record PlanPauseView(DateTimeOffset From, DateTimeOffset? Until, string Reason, string? By)
{
    public static PlanPauseView Of(PlanPause pause) => new(pause.From, pause.Until, pause.Reason, pause.By?.Name);
}
