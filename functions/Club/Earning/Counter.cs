using Club.Kernel;
using Club.Programmes;
using Club.Transactions;

namespace Club.Earning;

/// <summary>How much of a cap a member used in one of its periods.</summary>
/// <param name="Cap">Which: <c>rule:parts</c>, <c>group:spring</c> or <c>wallet:club</c>.</param>
/// <param name="Period">The first day of the period; <see cref="DateOnly.MinValue"/> for a lifetime.</param>
public sealed record Counter(string Cap, CapPeriod Per, DateOnly Period, Points Used)
{
    /// <summary>Days' counters are kept for this many months, months' for <see cref="MonthsKept"/>; what was used before that is counted
    /// from the ledger when somebody asks.</summary>
    private const int DaysKept = 3;
    private const int MonthsKept = 26;

    public static DateOnly PeriodOf(CapPeriod per, DateOnly on) => per switch
    {
        CapPeriod.Day => on,
        CapPeriod.Month => new DateOnly(on.Year, on.Month, 1),
        CapPeriod.Year => new DateOnly(on.Year, 1, 1),
        _ => DateOnly.MinValue,
    };

    /// <summary>Whether the account no longer keeps what was used in a period: see <see cref="CapHistory"/>.</summary>
    public static bool IsClosed(CapPeriod per, DateOnly period, DateOnly today) => per switch
    {
        CapPeriod.Day => period < today.AddMonths(-DaysKept),
        CapPeriod.Month => period < today.AddMonths(-MonthsKept),
        _ => false,
    };
}
