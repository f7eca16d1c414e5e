using Club.Kernel;
namespace Club.Programmes;

/// <summary>What members of some tiers may have besides points (礼遇): a right, or a counted entitlement.</summary>
/// <param name="Name">As members read it.</param>
/// <param name="Tiers">Codes of the tiers that give it.</param>
/// <param name="Count">How many are issued for each period; null: without a limit.</param>
/// <param name="Per">Only with a count.</param>
/// <param name="CarryOver">The most of the unused that the next period takes over, when the tier was held in the one before.</param>
/// <param name="Source">Where it comes from, quoted.</param>
public sealed record Benefit(
    string Code, string Name, IReadOnlyList<TierCode> Tiers, int? Count = null, BenefitPeriod Per = BenefitPeriod.Year, int CarryOver = 0,
    string? Source = null);

/// <summary>For how long a counted entitlement is good.</summary>
public enum BenefitPeriod
{
    Year,
    Quarter,
    Month,

    /// <summary>From reaching or requalifying the tier to its end.</summary>
    Validity,
}
