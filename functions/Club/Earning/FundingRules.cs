using Club.Kernel;
using Club.Programmes;

namespace Club.Earning;

/// <summary>What one funder pays of an award, in points.</summary>
public sealed record Funding(string Funder, Points Points);

/// <summary>Split funding 出资分摊. Pure.</summary>
public static class FundingRules
{
    /// <summary>
    /// The shares of an award, which always sum to it: each funder's part rounded down to the hundredth, and what is left goes a hundredth
    /// each to the largest remainders, the first of equals first. Empty when the programme names no funders.
    /// </summary>
    public static IReadOnlyList<Funding> Split(Programme programme, EarningRule rule, Points points)
    {
        if (rule.Funding.Count == 0) return programme.Funders.Count == 0 ? [] : [new Funding(programme.Funders[0].Code, points)];
        return Split(rule.Funding, points);
    }

    /// <summary>Who pays for what a rule gives, and how they share it, as one word.</summary>
    public static string SharesOf(Programme programme, EarningRule rule) => rule.Funding.Count > 0
        ? string.Join('+', rule.Funding.Select(share => FormattableString.Invariant($"{share.Percent:0.############} {share.Funder}")))
        : programme.Funders.Count > 0 ? programme.Funders[0].Code : "";

    /// <summary>The shares of a part of an award, as the whole was shared.</summary>
    public static IReadOnlyList<Funding> PartOf(IReadOnlyList<Funding> whole, Points part)
    {
        if (whole.Count == 0) return whole;
        if (whole.Count == 1) return [whole[0] with { Points = part }];
        var total = whole.Sum(share => share.Points);
        if (total == part) return whole;
        return total.IsZero ? [.. whole.Select(share => share with { Points = Points.Zero })]
            : Split([.. whole.Select(share => new FundingShare(share.Funder, share.Points.Hundredths * 100m / total.Hundredths))], part);
    }

    /// <summary>Two sums of the same funders, or of any, as one.</summary>
    public static IReadOnlyList<Funding> Sum(IReadOnlyList<Funding> one, IReadOnlyList<Funding> other)
    {
        if (one.Count == 0) return other;
        var sum = one.ToList();
        foreach (var (funder, points) in other)
        {
            var at = sum.FindIndex(share => share.Funder == funder);
            if (at < 0) sum.Add(new Funding(funder, points));
            else sum[at] = new Funding(funder, sum[at].Points + points);
        }
        return sum;
    }

    public static IReadOnlyList<Funding> Negated(IReadOnlyList<Funding> shares) =>
        shares.Count == 0 ? shares : [.. shares.Select(share => share with { Points = -share.Points })];

    private static IReadOnlyList<Funding> Split(IReadOnlyList<FundingShare> shares, Points points)
    {
        var exact = shares.Select(share => points.Hundredths * share.Percent / 100m).ToArray();
        var parts = exact.Select(part => (long)decimal.Floor(part)).ToArray();
        var left = points.Hundredths - parts.Sum();
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - parts[i]).Take((int)left)) parts[i]++;
        return [.. shares.Select((share, i) => new Funding(share.Funder, new Points(parts[i])))];
    }
}
