using Club.Kernel;

namespace Club.Tiers;

/// <summary>
/// How many members have how many points, kept as far as thresholds at multiples of a step need it: so it stays small, however many members
/// are added.
/// </summary>
/// <param name="step">Thresholds are multiples of it; more than zero.</param>
public sealed class PointsDistribution(Points step)
{
    // A key of 2 k is exactly k steps, 2 k + 1 is between k and k + 1 steps.
    private readonly SortedDictionary<long, long> _counts = [];

    public Points Step { get; } = step.IsPositive
        ? step : throw new ArgumentOutOfRangeException(nameof(step), step, "A step is more than zero.");
    public long Members { get; private set; }
    public Points? Least { get; private set; }
    public Points? Most { get; private set; }

    public void Add(Points points, long members = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(members);
        if (members == 0) return;
        var (whole, rest) = Math.DivRem(points.Hundredths, Step.Hundredths);
        if (rest < 0) whole--;
        var key = whole * 2 + (rest == 0 ? 0 : 1);
        _counts[key] = _counts.GetValueOrDefault(key) + members;
        Members += members;
        Least = Least is { } least && least <= points ? least : points;
        Most = Most is { } most && most >= points ? most : points;
    }

    /// <summary>
    /// The multiples of the step, at least one step, that tell members apart, lowest first: how many members have at least so many points,
    /// and how many have more. Those left out are no better.
    /// </summary>
    public IEnumerable<(Points Threshold, long AtLeast, long Above)> Thresholds()
    {
        var counts = _counts.ToArray();
        var (next, left) = (0, Members);
        foreach (var multiple in _counts.Keys.SelectMany(Multiples).Append(1).Where(multiple => multiple >= 1).Distinct().Order().ToArray())
        {
            while (next < counts.Length && counts[next].Key < multiple * 2) left -= counts[next++].Value;
            yield return (new Points(multiple * Step.Hundredths), left, left - _counts.GetValueOrDefault(multiple * 2));
        }
    }

    private static IEnumerable<long> Multiples(long key) => key % 2 == 0 ? [key / 2, key / 2 + 1] : [(key - 1) / 2 + 1];
}
