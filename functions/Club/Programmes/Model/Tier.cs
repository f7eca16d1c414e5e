using Club.Kernel;
using Club.Tiers;

namespace Club.Programmes;

/// <summary>One level of recognition. <see cref="TierRules"/> says who holds it.</summary>
/// <param name="Rank">0 is the lowest.</param>
/// <param name="Criteria">Null only for the lowest tier.</param>
/// <param name="ValidityMonths">How long it is held before it must be earned again; null: for good.</param>
/// <param name="GraceMonths">How long it is kept after that, together with <paramref name="GraceDays"/>, for the member to catch
/// up.</param>
/// <param name="Source">Where its terms come from, quoted.</param>
public sealed record Tier(
    TierCode Code,
    string Name,
    int Rank,
    Criterion? Criteria = null,
    int? ValidityMonths = null,
    int GraceMonths = 0,
    int GraceDays = 0,
    Downgrade Downgrade = Downgrade.ToEarned,
    string? Source = null);

/// <summary>Where a member falls who did not earn the tier again.</summary>
public enum Downgrade
{
    /// <summary>To the tier that is earned.</summary>
    ToEarned,

    /// <summary>To the next lower tier, even when less was earned.</summary>
    ByOne,
}
