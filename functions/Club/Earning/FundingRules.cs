using Club.Kernel;
using Club.Programmes;

namespace Club.Earning;

/// <summary>What one funder pays of an award, in points.</summary>
public sealed record Funding(string Funder, Points Points);

/// <summary>Split funding 出资分摊. Pure.</summary>
public static class FundingRules
{
    /// <summary>
    /// The shares of an award, which always sum to it: each funder's part rounded down to the hundredth, and what is left goes a hundredth each to the
    /// largest remainders, the first of equals first. Empty when the programme names no funders.
    /// </summary>
    public static IReadOnlyList<Funding> Split(Programme programme, EarningRule rule, Points points)
    {
        if (rule.Funding.Count == 0) return programme.Funders.Count == 0 ? [] : [new Funding(programme.Funders[0].Code, points)];
        return Split(rule.Funding, points);
    }

    /// <summary>The shares of a part of an award, as the whole was shared.</summary>
    public static IReadOnlyList<Funding> PartOf(IReadOnlyList<Funding> whole, Points part)
    {
        var total = whole.Sum(share => share.Points);
        return total.IsZero ? [.. whole.Select(share => share with { Points = Points.Zero })]
            : Split([.. whole.Select(share => new FundingShare(share.Funder, share.Points.Hundredths * 100m / total.Hundredths))], part);
    }

    private static IReadOnlyList<Funding> Split(IReadOnlyList<FundingShare> shares, Points points)
    {
        var exact = shares.Select(share => points.Hundredths * share.Percent / 100m).ToArray();
        var parts = exact.Select(part => (long)decimal.Floor(part)).ToArray();
        var left = points.Hundredths - parts.Sum();
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - parts[i]).Take((int)left)) parts[i]++;
        return [.. shares.Select((share, i) => new Funding(share.Funder, new Points(parts[i])))];
    }
}
