using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Value;

/// <summary>What somebody is worth and how she comes, with all that made it. Amounts are CNY, dates those of the brand's zone.</summary>
/// <param name="On">The day on which it is judged.</param>
/// <param name="Value">D, G or S.</param>
/// <param name="Loyalty">A, B or C.</param>
/// <param name="From">The first day of the window that ends with the month of the last visit.</param>
/// <param name="Spend">In that window, after returns.</param>
/// <param name="Bills">In that window.</param>
/// <param name="Items">Lines of these bills that count.</param>
/// <param name="LastVisit">The last day on which she came.</param>
/// <param name="IntervalDays">How long after a visit she is expected again.</param>
/// <param name="OwnGaps">Of how many intervals of her own that was learned; 0: it is the one of everybody.</param>
/// <param name="OwnMedianDays">The median of those; null: none.</param>
/// <param name="ExpectedBy">The last day on which she is not late.</param>
/// <param name="LostFrom">The first day on which she is lost.</param>
/// <param name="Dealers">Where she was in the window.</param>
/// <param name="Home">Her branch; null: none.</param>
public sealed record Standing(
    DateOnly On, string Value, string Loyalty, DateOnly From, Money Spend, int Bills, int Items, DateOnly LastVisit, int IntervalDays,
    int OwnGaps, decimal? OwnMedianDays, DateOnly ExpectedBy, DateOnly LostFrom, IReadOnlyList<DealerId> Dealers, DealerId? Home)
{
    public string Cell => Value + Loyalty;

    /// <summary>Of one bill, rounded down to the fen; null without any.</summary>
    public Money? Mean => Bills > 0 ? new Money(Spend.Fen / Bills) : null;

    /// <summary>Of one line, rounded down to the fen; null without any.</summary>
    public Money? Item => Items > 0 ? new Money(Spend.Fen / Items) : null;

    /// <summary>Whether she goes to several dealers, or to another than her own.</summary>
    public bool IsElsewhere => Dealers.Count > 1 || Dealers.Count == 1 && Home is { } home && Dealers[0] != home;

    /// <summary>The first day after <see cref="On"/> on which she is in another class if she does not come; null: she stays.</summary>
    public DateOnly? ChangesOn => Loyalty == "A" ? ExpectedBy.AddDays(1) : Loyalty == "B" ? LostFrom : null;
}

/// <summary>
/// The class by spend (D 钻石, G 黄金, S 白银) and by visits (A 忠诚, B 摇摆, C 流失), as the rule book's <c>value</c> says. The window of spend
/// ends with the last visit, so that whoever stays away keeps what she was worth: 价值高 and 已流失 can meet. Pure.
/// </summary>
public static class ClassRules
{
    /// <param name="home">The member's branch.</param>
    /// <param name="on">Visits after it do not count.</param>
    /// <returns>Null for whoever was not here yet.</returns>
    public static Standing? Judge(ValueTerms terms, VisitSums? sums, DealerId? home, DateOnly on)
    {
        if (sums is null || sums.Counts != terms.Counts) return null;
        var days = sums.Days.Where(day => day.Bills > 0 && day.On <= on).ToArray();
        if (days.Length == 0) return null;
        var last = days[^1].On;
        var month = new DateOnly(last.Year, last.Month, 1);
        var from = month.AddMonths(-terms.Months);
        var (spend, bills, items) = (Money.Zero, 0, 0);
        foreach (var one in sums.Months)
            if (one.Month >= from && one.Month <= month) (spend, bills, items) = (spend + one.Spend, bills + one.Bills, items + one.Items);
        var (interval, gaps, median) = Interval(terms.Visits, days);
        var dealers = new List<DealerId>(1);
        foreach (var day in days)
            if (day.On >= from && day.DealerId is { } dealer && !dealers.Contains(dealer)) dealers.Add(dealer);
        if (dealers.Count > 1) dealers.Sort(static (a, b) => string.CompareOrdinal(a.Value, b.Value));
        var standing = new Standing(on, "", "", from, spend, bills, items, last, interval, gaps, median, last.AddDays(interval),
            last.AddDays((int)decimal.Floor(interval * terms.Visits.LostAfter) + 1), dealers, home);
        return standing with { Value = ValueOf(terms, standing), Loyalty = LoyaltyOf(standing, on) };
    }

    private static string ValueOf(ValueTerms terms, Standing standing) =>
        Reaches(terms.Diamond, standing) ? "D" : Reaches(terms.Gold, standing) ? "G" : "S";

    private static bool Reaches(ValueThreshold threshold, Standing standing) =>
        standing.Spend >= threshold.Total || standing.Mean >= threshold.Mean || standing.Item >= threshold.Item;

    private static string LoyaltyOf(Standing standing, DateOnly on) =>
        on >= standing.LostFrom ? "C" : on > standing.ExpectedBy || standing.IsElsewhere ? "B" : "A";

    /// <summary>
    /// Everybody's own interval: the median of her gaps, drawn to the one of everybody as if that had been one gap more. So one odd visit
    /// moves it little, and five visits make it her own.
    /// </summary>
    /// <param name="days">Ascending.</param>
    private static (int Days, int Gaps, decimal? Median) Interval(VisitTerms terms, VisitDay[] days)
    {
        var gaps = new List<int>(days.Length);
        var start = days[0].On;
        foreach (var day in days)
        {
            var gap = day.On.DayNumber - start.DayNumber;
            if (gap == 0 || gap < terms.ApartDays) continue;
            gaps.Add(gap);
            start = day.On;
        }
        if (gaps.Count == 0) return (terms.ExpectedDays, 0, null);
        gaps.Sort();
        var median = (gaps[(gaps.Count - 1) / 2] + gaps[gaps.Count / 2]) / 2m;
        var own = (gaps.Count * median + terms.ExpectedDays) / (gaps.Count + 1);
        return (Math.Clamp((int)decimal.Round(own, MidpointRounding.AwayFromZero), terms.LeastDays, terms.MostDays), gaps.Count, median);
    }
}
