using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Spending;

/// <summary>What was spent and given away in the periods that limits know. Pure.</summary>
public static class SpentRules
{
    public const string Redeemed = "redeemed", Transferred = "transferred";

    private static readonly CapPeriod[] Periods = [CapPeriod.Day, CapPeriod.Month, CapPeriod.Year, CapPeriod.Lifetime];

    /// <summary>The account after more was spent on <paramref name="on"/>, or after it was not spent after all; what is over is
    /// forgotten.</summary>
    public static Account Count(Account account, string of, int times, Points points, DateOnly on, DateOnly today)
    {
        var sums = (account.Spent ?? []).ToList();
        foreach (var per in Periods)
        {
            var period = Counter.PeriodOf(per, on);
            var at = sums.FindIndex(sum => (sum.Of, sum.Per, sum.Period) == (of, per, period));
            if (at < 0) sums.Add(new SpentSum(of, per, period, times, points));
            else sums[at] = sums[at] with { Times = sums[at].Times + times, Points = sums[at].Points + points };
        }
        sums.RemoveAll(sum => sum.Period < Counter.PeriodOf(sum.Per, today) || sum is { Times: 0, Points.IsZero: true });
        return account with { Spent = sums.Count == 0 ? null : sums };
    }

    public static SpentSum In(Account account, string of, CapPeriod per, DateOnly today)
    {
        var period = Counter.PeriodOf(per, today);
        return account.Spent?.FirstOrDefault(sum => (sum.Of, sum.Per, sum.Period) == (of, per, period))
            ?? new SpentSum(of, per, period, 0, Points.Zero);
    }

    /// <summary>What two members who are one have spent together.</summary>
    public static IReadOnlyList<SpentSum>? Join(IReadOnlyList<SpentSum>? one, IReadOnlyList<SpentSum>? other) =>
        (one ?? []).Concat(other ?? []).GroupBy(sum => (sum.Of, sum.Per, sum.Period))
            .Select(same => same.First() with { Times = same.Sum(sum => sum.Times), Points = same.Sum(sum => sum.Points) })
            .ToArray() is { Length: > 0 } sums ? sums : null;
}
