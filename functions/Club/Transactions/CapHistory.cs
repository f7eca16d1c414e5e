using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Transactions;

/// <summary>
/// What was used of the caps in a period whose counters the account no longer keeps: the ledger has it, so that a bill which becomes known
/// late gets what it would have got in time. Pure.
/// </summary>
public static class CapHistory
{
    /// <summary>Whether a cap of the programme holds for a period around <paramref name="on"/> whose counters are gone.</summary>
    public static bool IsAsked(Programme programme, DateOnly on, DateOnly today) =>
        Closed(on, today).Any(per => LimitsOf(programme).Any(limit => limit.Per == per));

    /// <summary>The same of what the transaction would really be awarded, so that a late bill without such a cap costs no reading of the
    /// ledger.</summary>
    public static bool IsAsked(Programme programme, IReadOnlyList<Award> awards, DateOnly on, DateOnly today) =>
        Closed(on, today).Any(per => awards.Any(award => CapRules.CapsOf(programme, award.Rule, per).Any()));

    /// <summary>The account's counters, and for the closed periods around <paramref name="on"/> those that the entries tell.</summary>
    /// <param name="entries">All of the member's, by sequence.</param>
    /// <param name="programmeOf">The version that judged an accrual.</param>
    public static IReadOnlyList<Counter> With(
        IReadOnlyList<Counter> counters, IEnumerable<Entry> entries, Func<Entry, Programme> programmeOf, DateOnly on, DateOnly today)
    {
        var closed = Closed(on, today).Select(per => (Per: per, Period: Counter.PeriodOf(per, on))).ToArray();
        if (closed.Length == 0) return counters;
        var used = new Dictionary<(string Cap, CapPeriod Per, DateOnly Period), Points>();
        var accruals = new Dictionary<string, Entry>();
        foreach (var entry in entries)
        {
            var cause = entry.Cause;
            if (cause is Cause.Accrual) accruals[entry.Id] = entry;
            // What was returned is free again in the period of the purchase.
            if (!accruals.TryGetValue(cause is Cause.Reversal reversal ? reversal.Original : entry.Id, out var happened)) continue;
            foreach (var (per, period) in closed.Where(one => Counter.PeriodOf(one.Per, happened.On) == one.Period))
                foreach (var line in entry.Explanation.Where(line => line.Rule is not null && !line.Points.IsZero))
                    foreach (var cap in CapRules.CapsOf(programmeOf(happened), line.Rule!, per))
                        used[(cap, per, period)] = used.GetValueOrDefault((cap, per, period)) + line.Points;
        }
        return
        [
            .. counters.Where(counter => !Counter.IsClosed(counter.Per, counter.Period, today)),
            .. used.Where(use => use.Value.IsPositive).Select(use => new Counter(use.Key.Cap, use.Key.Per, use.Key.Period, use.Value)),
        ];
    }

    private static IEnumerable<CapPeriod> Closed(DateOnly on, DateOnly today) =>
        new[] { CapPeriod.Day, CapPeriod.Month }.Where(per => Counter.IsClosed(per, Counter.PeriodOf(per, on), today));

    private static IEnumerable<Cap> LimitsOf(Programme programme) =>
        programme.Caps.Select(cap => cap.Cap).Concat(programme.Groups.SelectMany(group => group.Caps))
            .Concat(programme.Earning.SelectMany(rule => rule.Caps));
}
