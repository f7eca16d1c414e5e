namespace Club.Kernel;

/// <summary>Terms of whole months, in the one way in which points, tiers and windows count them.</summary>
public static class Months
{
    /// <summary>
    /// The first day after a term that begins on <paramref name="first"/>. What began on a day that the last month lacks goes on to the end
    /// of that month: twelve months from 29 February end with 28 February.
    /// </summary>
    public static DateOnly After(DateOnly first, int months)
    {
        var after = first.AddMonths(months);
        return after.Day < first.Day ? after.AddDays(1) : after;
    }

    /// <summary>The last day on which a term may have begun that is over by <paramref name="today"/>.</summary>
    public static DateOnly LastOver(DateOnly today, int months)
    {
        var first = today.AddMonths(-months);
        while (After(first, months) > today) first = first.AddDays(-1);
        while (After(first.AddDays(1), months) <= today) first = first.AddDays(1);
        return first;
    }
}
