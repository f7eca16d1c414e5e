using System.Globalization;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>Reads what must hold for a rule to give: dimensions that must all hold, and combinations of them.</summary>
internal sealed class ConditionReader(IReadOnlyList<Tier> tiers, DealerNetwork dealers, bool hasClasses)
{
    /// <summary>Why what asks for a class can never hold.</summary>
    public const string NoClasses = "there is no \"value\", so nobody has a class.";

    private const int MostDepth = 8;

    private readonly KnownWords _words = new(
        [.. tiers.Select(tier => tier.Code)], [.. dealers.Codes], [.. dealers.Regions.Select(region => region.Code)]);

    public IReadOnlyList<Condition> Read(JsonCursor place, int depth = 0)
    {
        var conditions = new List<Condition>();
        if (!place.Has(ProgrammeFormat.When)) return conditions;
        if (depth > MostDepth)
        {
            place.Error($"is nested deeper than {MostDepth} levels.");
            return conditions;
        }
        if (place["all"].Exists) conditions.Add(new Condition.All(ReadAll(place["all"], depth)));
        if (place["any"].Exists) conditions.Add(new Condition.Any(ReadAll(place["any"], depth)));
        if (place["none"].Exists) conditions.Add(new Condition.None(ReadAll(place["none"], depth)));
        foreach (var (word, dimension) in ProgrammeFormat.Words<Dimension>())
            if (place[word].Exists && ReadDimension(place[word], word, dimension) is { } condition) conditions.Add(condition);
        return conditions;
    }

    private List<Condition> ReadAll(JsonCursor place, int depth)
    {
        var conditions = new List<Condition>();
        foreach (var item in place.Items(least: 1))
        {
            if (item.IsEmptyObject) item.Error("says nothing.");
            var parts = Read(item, depth + 1);
            conditions.Add(parts is [var only] ? only : new Condition.All(parts));
        }
        return conditions;
    }

    private Condition? ReadDimension(JsonCursor place, string word, Dimension dimension) => dimension switch
    {
        Dimension.Hour => ReadHours(place),
        Dimension.Date => new Condition.OnDates([.. place.Items(least: 1).Select(ReadDates)]),
        Dimension.Season => new Condition.InSeasons([.. place.Items(least: 1).Select(ReadSeason)]),
        _ when dimension.Kind is DimensionKind.Number or DimensionKind.Numbers => new Condition.Within(dimension, ReadRange(place)),
        _ when dimension.Kind == DimensionKind.Fact => place.Fact() is { } wanted ? new Condition.Is(dimension, wanted) : null,
        _ => ReadValues(place, word, dimension),
    };

    private Condition.OneOf ReadValues(JsonCursor place, string word, Dimension dimension)
    {
        var values = place.Texts();
        if (!hasClasses && dimension is (Dimension.ValueClass or Dimension.LoyaltyClass)) place.Error(NoClasses);
        var known = DimensionRow.For(dimension).Known?.Invoke(_words) ?? [];
        foreach (var (text, item) in values.Where(value => known.Count > 0 && !known.Contains(value.Text)))
            item.Error($"there is no {word} {item.Shown}{Nearest.Hint(text, known)}");
        return new Condition.OneOf(dimension, [.. values.Select(value => value.Text)]);
    }

    private static NumberRange ReadRange(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.NumberRange)) return new NumberRange(null, false, null, false);
        if (place["atLeast"].Exists && place["moreThan"].Exists) place.Error("has both \"atLeast\" and \"moreThan\".");
        if (place["atMost"].Exists && place["lessThan"].Exists) place.Error("has both \"atMost\" and \"lessThan\".");
        if (place.IsEmptyObject) place.Error("has no end.");
        var (above, below) = (place["moreThan"].Exists, place["lessThan"].Exists);
        var least = place[above ? "moreThan" : "atLeast"].Number(0, 1_000_000_000);
        var most = place[below ? "lessThan" : "atMost"].Number(0, 1_000_000_000);
        if (least > most || (least == most && least is not null && (above || below))) place.Error("holds for no number.");
        return new NumberRange(least, above, most, below);
    }

    private static Condition.Hours? ReadHours(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.Hours)) return null;
        var (from, to) = (place["from"].Whole(0, 23), place["to"].Whole(0, 24));
        if (from == to) place.Error("holds for no hour.");
        return from is null || to is null ? null : new Condition.Hours(from.Value, to.Value);
    }

    private static DateRange ReadDates(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.DateRange)) return new DateRange(null, null);
        if (place.IsEmptyObject) place.Error("has no end.");
        var (from, to) = (place["from"].Date(), place["to"].Date());
        if (to < from) place["to"].Error($"{place["to"].Shown} is before \"from\".");
        return new DateRange(from, to);
    }

    private static Season ReadSeason(JsonCursor place) =>
        place.Has(ProgrammeFormat.Season) ? new Season(ReadDay(place["from"]), ReadDay(place["to"])) : new Season((1, 1), (12, 31));

    private static (int Month, int Day) ReadDay(JsonCursor place)
    {
        // A leap year, so that 29 February is a day.
        if (place.Text() is not { } text) return (1, 1);
        if (DateOnly.TryParseExact($"2024-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (day.Month, day.Day);
        place.Error($"{place.Shown} is not a day of the year; write MM-dd.");
        return (1, 1);
    }
}
