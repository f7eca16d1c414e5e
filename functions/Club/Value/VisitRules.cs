using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Value;

/// <summary>Sums up what members spend and when they come. Whatever the order in which bills, returns and merges are told, the sums are the
/// same. Pure.</summary>
public static class VisitRules
{
    /// <summary>As many days as an own interval is learned from.</summary>
    internal const int MostDays = 12;

    public static VisitSums None(ValueTerms terms) => new(terms.Counts, [], []);

    /// <summary>The sums with a bill in them.</summary>
    /// <param name="terms">Of the version in force; null: nobody asks, and what was summed up is of no use any more.</param>
    public static VisitSums? Plus(ValueTerms? terms, VisitSums? sums, Transaction bill)
    {
        if (sums is null || !Fit(terms, sums)) return sums is null ? null : Stale(sums);
        var (spend, items) = (Money.Zero, 0);
        foreach (var line in bill.Lines)
            if (terms!.Categories.Contains(line.Category)) (spend, items) = (spend + line.Amount, items + 1);
        return items == 0 ? sums : With(terms!, sums, bill.On, bill.DealerId, new MonthSpend(default, spend, 1, items));
    }

    /// <summary>The sums without what was returned of a bill.</summary>
    /// <param name="original">The entry that it takes back from, in the default wallet.</param>
    /// <param name="returned">By line; of lines that are named here alone anything comes back.</param>
    /// <param name="isGone">Whether the line is returned in full with this.</param>
    /// <param name="isWhole">Whether nothing is left of the bill with this.</param>
    public static VisitSums? Minus(ValueTerms? terms, VisitSums? sums, Entry original, IReadOnlyDictionary<string, Money> returned,
        Func<string, bool> isGone, bool isWhole)
    {
        if (sums is null || !Fit(terms, sums)) return sums is null ? null : Stale(sums);
        var (spend, items, isCounted) = (Money.Zero, 0, false);
        foreach (var line in LinesOf(original).Where(line => terms!.Categories.Contains(line.Category!)))
        {
            isCounted = true;
            if (!returned.TryGetValue(line.LineId!, out var amount)) continue;
            (spend, items) = (spend - amount, items - (isGone(line.LineId!) ? 1 : 0));
        }
        return isCounted ? With(terms!, sums, original.On, original.DealerId, new MonthSpend(default, spend, isWhole ? -1 : 0, items))
            : sums;
    }

    /// <summary>The sums of a whole ledger.</summary>
    /// <param name="entries">All entries of the member, in the order of their sequence.</param>
    public static VisitSums Of(ValueTerms terms, IReadOnlyList<Entry> entries)
    {
        var sums = None(terms);
        var bills = new Dictionary<string, (Entry Entry, Dictionary<string, Money> Returned, bool IsWhole)>();
        foreach (var entry in entries)
        {
            switch (entry.Cause)
            {
                case Cause.Accrual { Inputs: not null } when entry.ToTransaction() is { } bill:
                    sums = Plus(terms, sums, bill)!;
                    bills[entry.Id] = (entry, [], false);
                    break;
                case Cause.Reversal reversal when bills.TryGetValue(reversal.Original, out var bill):
                    var returned = Returned(entry);
                    var gone = new HashSet<string>();
                    foreach (var line in LinesOf(bill.Entry))
                    {
                        if (!returned.TryGetValue(line.LineId!, out var amount)) continue;
                        var before = bill.Returned.GetValueOrDefault(line.LineId!);
                        bill.Returned[line.LineId!] = before + amount;
                        if (before + amount == line.Amount && before != line.Amount) gone.Add(line.LineId!);
                    }
                    var isWhole = LinesOf(bill.Entry).All(line => bill.Returned.GetValueOrDefault(line.LineId!) == line.Amount);
                    sums = Minus(terms, sums, bill.Entry, returned, gone.Contains, isWhole && !bill.IsWhole)!;
                    bills[reversal.Original] = bill with { IsWhole = isWhole };
                    break;
            }
        }
        return sums;
    }

    private static Dictionary<string, Money> Returned(Entry entry) =>
        LinesOf(entry).Where(line => line.Amount is not null).ToDictionary(line => line.LineId!, line => line.Amount!.Value);

    /// <summary>Each line once, whatever it earned.</summary>
    private static IEnumerable<Explanation> LinesOf(Entry entry) =>
        entry.Explanation.Where(line => line.LineId is not null).DistinctBy(line => line.LineId);

    private static bool Fit(ValueTerms? terms, VisitSums sums) => terms?.Counts == sums.Counts;

    /// <summary>Whoever was told goes on to know it until somebody is judged again; the sums are made anew from the ledger.</summary>
    internal static VisitSums Stale(VisitSums sums) => sums with { Counts = "", Months = [], Days = [] };

    private static VisitSums With(ValueTerms terms, VisitSums sums, DateOnly on, DealerId? dealer, MonthSpend change)
    {
        var first = new DateOnly(on.Year, on.Month, 1);
        var months = sums.Months.ToList();
        var at = months.FindIndex(month => month.Month == first);
        if (at >= 0)
            months[at] = Add(months[at], change);
        // What is returned of a month that counts no more was forgotten with it.
        else if (change.Bills > 0) months.Add(change with { Month = first });
        var days = sums.Days.ToList();
        var day = days.FindIndex(one => one.On == on && one.DealerId == dealer);
        if (day >= 0) days[day] = days[day] with { Bills = days[day].Bills + change.Bills };
        else if (change.Bills > 0) days.Add(new VisitDay(on, dealer, change.Bills));
        return sums with { Months = Bounded(terms, months), Days = Bounded(days) };
    }

    private static MonthSpend Add(MonthSpend a, MonthSpend b) =>
        a with { Spend = a.Spend + b.Spend, Bills = a.Bills + b.Bills, Items = a.Items + b.Items };

    private static List<MonthSpend> Bounded(ValueTerms terms, List<MonthSpend> months)
    {
        if (months.Count == 0) return months;
        months.Sort(static (a, b) => a.Month.CompareTo(b.Month));
        var oldest = months[^1].Month.AddMonths(-terms.Months);
        if (months[0].Month < oldest) months.RemoveAll(month => month.Month < oldest);
        return months;
    }

    private static List<VisitDay> Bounded(List<VisitDay> days)
    {
        days.Sort(static (a, b) => a.On != b.On ? a.On.CompareTo(b.On)
            : string.CompareOrdinal(a.DealerId?.Value, b.DealerId?.Value));
        if (days.Count > MostDays) days.RemoveRange(0, days.Count - MostDays);
        return days;
    }
}
