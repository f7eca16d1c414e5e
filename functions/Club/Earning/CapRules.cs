using Club.Kernel;
using Club.Programmes;
using Club.Transactions;

namespace Club.Earning;

/// <summary>
/// Caps 封顶: what one member can get from a rule, from a group of rules, and into a wallet, per transaction and calendar period. Pure.
/// Awards are asked in their order, so the higher priority is served first; what a cap leaves out is written down beside the award.
/// </summary>
public static class CapRules
{
    /// <param name="counters">What was used before, for a closed period as <see cref="CapHistory"/> tells it.</param>
    /// <returns>The awards as they remain (one that nothing is left of stays, with zero points) and the counters after them.</returns>
    public static (IReadOnlyList<Award> Awards, IReadOnlyList<Counter> Counters) Apply(
        Programme programme, IReadOnlyList<Award> awards, IReadOnlyList<Counter> counters, DateOnly on, DateOnly today)
    {
        if (programme.Caps.Count == 0 && !awards.Any(award => award.By.Caps.Count > 0
            || programme.FindGroup(award.By.Group)?.Caps.Count > 0))
            return (awards, counters);
        var use = new Use(counters, on, today);
        var left = new List<Award>(awards.Count);
        foreach (var award in awards) left.Add(use.Take(award, CapsOf(programme, award.By)));
        return (left, use.After());
    }

    /// <summary>The counters after points were given back: what was returned may be earned again in the same period.</summary>
    /// <param name="isJoining">Another member's counters are still to come, and what is given back of them is owed until then.</param>
    public static IReadOnlyList<Counter> GiveBack(Programme programme,
        IReadOnlyList<Counter> counters, IEnumerable<(string Rule, Points Points)> returned, DateOnly on, bool isJoining = false)
    {
        if (counters.Count == 0 && !isJoining) return counters;
        var after = counters.ToList();
        foreach (var (rule, points) in returned)
        {
            if (programme.FindRule(rule) is not { } by) continue;
            foreach (var (cap, limit) in CapsOf(programme, by))
            {
                var period = Counter.PeriodOf(limit.Per, on);
                var i = after.FindIndex(counter => counter.Cap == cap && counter.Per == limit.Per && counter.Period == period);
                if (isJoining && i < 0) after.Add(new Counter(cap, limit.Per, period, -points));
                else if (i >= 0)
                {
                    var left = after[i].Used - points;
                    after[i] = after[i] with { Used = isJoining ? left : Points.Max(Points.Zero, left) };
                }
            }
        }
        return [.. after.Where(counter => !counter.Used.IsZero)];
    }

    /// <summary>The counters of two members that turn out to be one.</summary>
    public static IReadOnlyList<Counter>? Join(IReadOnlyList<Counter>? one, IReadOnlyList<Counter>? other) => one is null || other is null
        ? one ?? other
        : [.. one.Concat(other).GroupBy(counter => (counter.Cap, counter.Per, counter.Period))
            .Select(same => same.First() with { Used = same.Sum(counter => counter.Used) })];

    /// <summary>The names of the caps of one kind of period under which a rule's points count.</summary>
    internal static IEnumerable<string> CapsOf(Programme programme, string rule, CapPeriod per) =>
        programme.FindRule(rule) is not { } by ? []
        : CapsOf(programme, by).Where(cap => cap.Limit.Per == per).Select(cap => cap.Cap);

    private static IEnumerable<(string Cap, Cap Limit)> CapsOf(Programme programme, EarningRule rule)
    {
        foreach (var cap in rule.Caps) yield return ($"rule:{rule.CountedAs}", cap);
        if (programme.FindGroup(rule.Group) is { } group)
            foreach (var cap in group.Caps) yield return ($"group:{group.Code}", cap);
        foreach (var cap in programme.Caps)
            if (cap.Wallet == rule.Wallet) yield return ($"wallet:{rule.Wallet}", cap.Cap);
    }

    /// <summary>What one transaction uses of the caps.</summary>
    private sealed class Use(IReadOnlyList<Counter> before, DateOnly on, DateOnly today)
    {
        private readonly Dictionary<(string Cap, CapPeriod Per, DateOnly Period), Points> _used =
            before.ToDictionary(counter => (counter.Cap, counter.Per, counter.Period), counter => counter.Used);

        public Award Take(Award award, IEnumerable<(string Cap, Cap Limit)> caps)
        {
            var asked = caps.ToArray();
            var cuts = new List<CapCut>();
            var points = award.Points;
            foreach (var (cap, limit) in asked)
            {
                var period = Counter.PeriodOf(limit.Per, on);
                var used = _used.GetValueOrDefault((cap, limit.Per, period));
                var left = Points.Max(Points.Zero, limit.Points - used);
                if (points <= left) continue;
                cuts.Add(new CapCut(cap, limit.Per, limit.Points, used, points - left));
                points = left;
            }
            foreach (var (cap, limit) in asked)
            {
                var key = (cap, limit.Per, Counter.PeriodOf(limit.Per, on));
                if (points.IsPositive) _used[key] = _used.GetValueOrDefault(key) + points;
            }
            return cuts.Count == 0 ? award : award with { Points = points, Cuts = cuts };
        }

        public IReadOnlyList<Counter> After() =>
        [
            .. _used.Where(use => use.Key.Per != CapPeriod.Transaction && !Counter.IsClosed(use.Key.Per, use.Key.Period, today))
                .Select(use => new Counter(use.Key.Cap, use.Key.Per, use.Key.Period, use.Value)),
        ];
    }
}
