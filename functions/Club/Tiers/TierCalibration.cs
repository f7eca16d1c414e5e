using Club.Kernel;

namespace Club.Tiers;

/// <summary>Where a tier should begin.</summary>
/// <param name="Threshold">The points; null for the lowest tier, which has no threshold.</param>
/// <param name="MoreThan">Whether the threshold itself is not enough.</param>
/// <param name="Members">How many the tier would have.</param>
/// <param name="Share">In percent of all members.</param>
/// <param name="Target">The share that was asked for, in percent.</param>
public sealed record ProposedTier(Points? Threshold, bool MoreThan, long Members, decimal Share, decimal Target);

/// <param name="Tiers">Highest first; empty when there is nothing to go by.</param>
/// <param name="Remarks">What is not as asked for, a sentence each.</param>
public sealed record TierProposal(long Members, IReadOnlyList<ProposedTier> Tiers, IReadOnlyList<string> Remarks);

/// <summary>
/// Thresholds from the distribution of points and target shares such as 5/15/80 (seed 004: “5%左右…15%左右…80%左右”, “计算积分分布，划分会员级别”). Each
/// threshold is the multiple of the step at which the share of members above it comes closest to the sum of the targets above it. The
/// highest tier begins above its threshold, every other one at its own, as published: gold is “大于1350分” and ordinary “小于1230分”, so both
/// 1230 and 1350 belong to silver. Pure.
/// </summary>
public static class TierCalibration
{
    /// <param name="shares">In percent, highest tier first, all above zero; they sum to 100.</param>
    public static TierProposal Propose(PointsDistribution distribution, IReadOnlyList<decimal> shares)
    {
        if (shares.Count < 2 || shares.Any(share => share <= 0) || shares.Sum() != 100)
            throw new ArgumentException("Shares are two or more percentages above zero that sum to 100.", nameof(shares));
        if (distribution.Members == 0) return new TierProposal(0, [], ["There are no members."]);
        var cuts = Cuts(distribution, shares);
        var tiers = new List<ProposedTier>();
        var above = 0L;
        for (var i = 0; i < shares.Count; i++)
        {
            var reached = i < cuts.Count ? Math.Max(cuts[i].Members, above) : distribution.Members;
            tiers.Add(new ProposedTier(i < cuts.Count ? cuts[i].Threshold : null, i == 0, reached - above,
                100m * (reached - above) / distribution.Members, shares[i]));
            above = reached;
        }
        return new TierProposal(distribution.Members, tiers, [.. Remarks(distribution, tiers)]);
    }

    /// <summary>For each tier but the lowest the best threshold. Of equally good ones that with fewer members above it, then the
    /// lowest.</summary>
    private static List<(Points Threshold, long Members)> Cuts(PointsDistribution distribution, IReadOnlyList<decimal> shares)
    {
        var best = new (Points Threshold, long Members, decimal Distance)?[shares.Count - 1];
        foreach (var (threshold, atLeast, more) in distribution.Thresholds())
        {
            var target = 0m;
            for (var i = 0; i < best.Length; i++)
            {
                target += shares[i];
                var members = i == 0 ? more : atLeast;
                var distance = Math.Abs(100m * members / distribution.Members - target);
                if (best[i] is not { } known || distance < known.Distance || distance == known.Distance && members < known.Members)
                    best[i] = (threshold, members, distance);
            }
        }
        // Nobody has a point: the first step is as good as any.
        return [.. best.Select(cut => cut is { } found ? (found.Threshold, found.Members) : (distribution.Step, 0L))];
    }

    private static IEnumerable<string> Remarks(PointsDistribution distribution, List<ProposedTier> tiers)
    {
        if (distribution.Least == distribution.Most)
        {
            yield return $"All members have {distribution.Most} points: no threshold tells them apart.";
            yield break;
        }
        for (var i = 0; i < tiers.Count; i++)
        {
            if (tiers[i].Members == 0)
                yield return $"Nobody would be in tier {i + 1} from above: too many members have the same points, or the step of {distribution.Step} is too coarse.";
            else if (Math.Abs(tiers[i].Share - tiers[i].Target) > tiers[i].Target / 2)
                yield return $"Tier {i + 1} from above would have {Math.Round(tiers[i].Share, 2)} % instead of {tiers[i].Target} %: many members have the same points, or the step of {distribution.Step} is too coarse.";
        }
    }
}
