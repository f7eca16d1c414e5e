using Club.Kernel;

namespace Club.Ledger;

/// <summary>The activities of a member as the ledger tells them, each with its date. Pure.</summary>
public static class ActivityRules
{
    /// <param name="entries">All entries of the member, in the order of their sequence.</param>
    public static IReadOnlyList<Activity> Of(IReadOnlyList<Entry> entries)
    {
        var rows = new List<Activity>();
        var accruals = new Dictionary<string, Entry>();
        var returned = new Dictionary<(string Entry, string Line), Money>();
        foreach (var entry in entries)
        {
            switch (entry.Cause)
            {
                case Cause.Accrual accrual:
                    accruals[entry.Id] = entry;
                    rows.AddRange(PointsOf(entry, entry));
                    if (accrual.Inputs is not null) rows.AddRange(LinesOf(entry));
                    break;
                case Cause.Reversal reversal when accruals.TryGetValue(reversal.Original, out var original):
                    rows.AddRange(PointsOf(entry, original));
                    if (original.Inputs is not null) rows.AddRange(Returned(entry, original, returned));
                    break;
            }
        }
        return rows;
    }

    /// <summary>The latest date on which she did something, with one entry more. An account that has entries and no such date is from
    /// before it was kept: one entry does not tell.</summary>
    public static DateOnly? ActiveOn(Account before, Entry entry) =>
        entry.Kind != EntryKind.Accrual || before is { ActiveOn: null, Sequence: > 0 } || before.ActiveOn >= entry.On
            ? before.ActiveOn : entry.On;

    /// <summary>The same of all entries.</summary>
    public static DateOnly? ActiveOn(IEnumerable<Entry> entries)
    {
        DateOnly? last = null;
        foreach (var entry in entries)
            if (entry.Kind == EntryKind.Accrual && !(last >= entry.On)) last = entry.On;
        return last;
    }

    private static IEnumerable<Activity> PointsOf(Entry entry, Entry original)
    {
        var first = original.Explanation.FirstOrDefault(line => line.LineId is not null)?.Category ?? "";
        foreach (var line in entry.Explanation)
            if (!line.Points.IsZero)
                yield return new Activity(original.On, line.Category ?? first, original.Wallet, line.Points, Money.Zero, 0);
    }

    /// <summary>Spend and count are measured once, in the default wallet's entry.</summary>
    private static IEnumerable<Activity> LinesOf(Entry entry)
    {
        foreach (var line in entry.Explanation.Where(line => line.LineId is not null).DistinctBy(line => line.LineId))
            yield return new Activity(entry.On, line.Category!, entry.Wallet, Points.Zero, line.Amount!.Value, 1);
    }

    /// <summary>A line counts no more once it was returned in full, in however many parts.</summary>
    private static IEnumerable<Activity> Returned(Entry entry, Entry original, Dictionary<(string Entry, string Line), Money> returned)
    {
        foreach (var line in entry.Explanation.Where(line => line is { LineId: not null, Amount: not null })
            .DistinctBy(line => line.LineId))
        {
            var whole = original.Explanation.First(earned => earned.LineId == line.LineId).Amount!.Value;
            var before = returned.GetValueOrDefault((original.Id, line.LineId!));
            var after = returned[(original.Id, line.LineId!)] = before + line.Amount!.Value;
            yield return new Activity(original.On, line.Category!, original.Wallet, Points.Zero, Money.Zero - line.Amount.Value,
                after == whole && before != whole ? -1 : 0);
        }
    }
}
