using System.Globalization;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>Reads how members are told apart by spend and visits.</summary>
internal static class ValueReader
{
    private const int MostMonths = 60;
    private const int LongestInterval = 3660;
    private const decimal MostIntervals = 12;

    /// <returns>Null when there is none.</returns>
    public static ValueTerms? Read(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.Value)) return null;
        var (diamond, gold) = ReadClasses(place["classes"]);
        return new ValueTerms(
            place["months"].Whole(1, MostMonths) ?? 0,
            [.. place["categories"].Texts().Select(category => category.Text)],
            diamond, gold, ReadVisits(place["visits"]), ReadStrategies(place["strategies"]))
        {
            Source = place["source"].Text(),
        };
    }

    private static (ValueThreshold Diamond, ValueThreshold Gold) ReadClasses(JsonCursor place)
    {
        var none = new ValueThreshold(null, null, null);
        if (!place.Has(ProgrammeFormat.ValueClasses)) return (none, none);
        var (diamond, gold) = (ReadThreshold(place["D"]) ?? none, ReadThreshold(place["G"]) ?? none);
        Check(place["G"]["total"], gold.Total, diamond.Total, "total");
        Check(place["G"]["mean"], gold.Mean, diamond.Mean, "mean");
        Check(place["G"]["item"], gold.Item, diamond.Item, "item");
        return (diamond, gold);
    }

    private static ValueThreshold? ReadThreshold(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.ValueThreshold)) return null;
        if (place.IsEmptyObject) place.Error("must have at least one of \"total\", \"mean\", \"item\".");
        return new ValueThreshold(ReadMoney(place["total"]), ReadMoney(place["mean"]), ReadMoney(place["item"]));
    }

    private static void Check(JsonCursor place, Money? gold, Money? diamond, string member)
    {
        if (gold is { } less && diamond is { } more && less >= more)
            place.Error($"{less} is not below the \"{member}\" of \"D\", {more}; the nearest is {new Money(Math.Max(more.Fen - 1, 1))}.");
    }

    private static VisitTerms ReadVisits(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.Visits)) return new VisitTerms(1, 1, 1, 0, 2);
        var terms = new VisitTerms(
            place["expectedDays"].Whole(1, LongestInterval) ?? 1,
            place["leastDays"].Whole(1, LongestInterval) ?? 1,
            place["mostDays"].Whole(1, LongestInterval) ?? LongestInterval,
            place["apartDays"].Whole(0, LongestInterval) ?? 0,
            place["lostAfter"].NumberAbove(1, MostIntervals) ?? 2);
        if (terms.LeastDays > terms.MostDays)
            place["leastDays"].Error($"{terms.LeastDays} is more than \"mostDays\"; the nearest is {terms.MostDays}.");
        else if (Math.Clamp(terms.ExpectedDays, terms.LeastDays, terms.MostDays) is var nearest && nearest != terms.ExpectedDays)
            place["expectedDays"].Error($"{terms.ExpectedDays} is not between \"leastDays\" and \"mostDays\"; the nearest is {nearest}.");
        if (terms.ApartDays > terms.LeastDays)
            place["apartDays"].Error($"{terms.ApartDays} is more than \"leastDays\"; the nearest is {terms.LeastDays}.");
        if (decimal.Round(terms.LostAfter, 2) != terms.LostAfter)
            place["lostAfter"].Error(string.Create(CultureInfo.InvariantCulture,
                $"{terms.LostAfter} has more than two decimals; the nearest is {decimal.Round(terms.LostAfter, 2)}."));
        return terms;
    }

    private static List<CellStrategy> ReadStrategies(JsonCursor place)
    {
        var codes = new UniqueCodes();
        var strategies = new List<CellStrategy>();
        foreach (var item in place.Items(least: 1))
        {
            if (!item.Has(ProgrammeFormat.Strategy)) continue;
            var cell = item["cell"].Text();
            codes.Add(item["cell"], cell);
            if (cell is not null && !CellStrategy.Cells.Contains(cell))
                item["cell"].Error(
                    $"{item["cell"].Shown} is not one of {string.Join(", ", CellStrategy.Cells)}{Nearest.Hint(cell, CellStrategy.Cells)}");
            strategies.Add(new CellStrategy(cell ?? "", item["zh"].Text() ?? "", item["en"].Text() ?? ""));
        }
        if (strategies.Count == 0) return strategies;
        var missing = CellStrategy.Cells.Where(cell => strategies.TrueForAll(one => one.Cell != cell)).ToArray();
        if (missing.Length > 0) place.Error($"has no strategy for {string.Join(", ", missing)}.");
        return strategies;
    }

    /// <returns>Null, with an error, when it is 0: everybody would be there.</returns>
    private static Money? ReadMoney(JsonCursor place)
    {
        if (place.Points() is not { } amount) return null;
        if (!amount.IsZero) return new Money(amount.Hundredths);
        place.Error("0 lets everybody in; the nearest is 0.01.");
        return null;
    }
}
