using Club.Kernel;
using Club.Programmes;

namespace Club.Ledger;

/// <summary>When points lapse.</summary>
public static class ExpiryRules
{
    /// <summary>
    /// The first business date on which points earned on <paramref name="earnedOn"/> no longer count; null: they never lapse.
    /// Rolling 24 months from 2026-03-02 is 2028-03-02; from a day that the later month lacks, they count to the end of that month.
    /// With inactivity it is the date for a member who is never active again. A fixed date is the last day on which the points count.
    /// </summary>
    public static DateOnly? LapsesOn(ExpiryPolicy expiry, DateOnly earnedOn) => expiry switch
    {
        ExpiryPolicy.RollingMonths rolling => Months.After(earnedOn, rolling.Months),
        ExpiryPolicy.Inactivity inactivity => Months.After(earnedOn, inactivity.Months),
        ExpiryPolicy.FixedDate date => LastDay(date, earnedOn).AddDays(1),
        _ => null,
    };

    private static DateOnly LastDay(ExpiryPolicy.FixedDate date, DateOnly earnedOn)
    {
        var first = In(earnedOn.Year);
        return first >= earnedOn ? In(earnedOn.Year + date.YearsAhead) : In(earnedOn.Year + 1 + date.YearsAhead);

        DateOnly In(int year) => new(year, date.Month, Math.Min(date.Day, DateTime.DaysInMonth(year, date.Month)));
    }
}
