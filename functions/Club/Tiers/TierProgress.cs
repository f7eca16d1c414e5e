using Club.Kernel;
using Club.Programmes;

namespace Club.Tiers;

/// <summary>One measure on the way to a tier, in points, CNY or lines according to <paramref name="Metric"/>.</summary>
/// <param name="Tier">The code of the tier it leads to.</param>
/// <param name="Need">The threshold. With <paramref name="MoreThan"/> the threshold itself is not enough.</param>
/// <param name="Missing">The least that is still missing; zero when the measure is met.</param>
/// <param name="Suffices">Whether this measure alone gives the tier.</param>
public sealed record TierProgress(
    TierCode Tier,
    Metric Metric,
    IReadOnlyList<string> Categories,
    WalletCode? Wallet,
    int? WindowMonths,
    decimal Have,
    decimal Need,
    bool MoreThan,
    decimal Missing,
    bool Suffices)
{
    internal static TierProgress Of(Tier tier, Criterion.Measure measure, decimal have, bool suffices)
    {
        var least = measure.Metric == Metric.Count ? 1m : 0.01m;
        var missing = measure.IsMetBy(have) ? 0m : measure.Threshold - have + (measure.MoreThan ? least : 0m);
        return new TierProgress(
            tier.Code, measure.Metric, measure.Categories, measure.Wallet, measure.WindowMonths, have, measure.Threshold, measure.MoreThan,
            missing, suffices);
    }
}
