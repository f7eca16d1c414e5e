using System.Globalization;
using Club.Kernel;
using Club.Store;

namespace Club.Care;

/// <summary>What care does, by occasion.</summary>
/// <param name="From">The first month in which it was decided to say something or not.</param>
/// <param name="To">The last one.</param>
public sealed record CareEffectsView(string From, string To, IReadOnlyList<CareEffectView> Items);

/// <summary>One kind of occasion.</summary>
/// <param name="Occasion">As the rule book names it.</param>
/// <param name="Written">On how many occasions something was to be said.</param>
/// <param name="WrittenVisited">After how many of them she came within 30 days.</param>
/// <param name="Held">On how many chance said nothing.</param>
/// <param name="HeldVisited">After how many of those she came within 30 days.</param>
/// <param name="Difference">Of the two shares of visits, −1 to 1; null while there is nobody to compare.</param>
/// <param name="Low">The lower end of its 95 % interval.</param>
/// <param name="High">The upper end of its 95 % interval.</param>
/// <param name="IsSignificant">Whether the interval leaves out that it does nothing.</param>
public sealed record CareEffectView(string Occasion, int Written, int WrittenVisited, int Held, int HeldVisited, decimal? Difference,
    decimal? Low, decimal? High, bool IsSignificant);

/// <summary>Some months, first and last included.</summary>
public sealed record MonthRange(string From, string To)
{
    private const int UsualMonths = 12;

    /// <summary>Of what a query says: months as 2026-10; without them the last twelve.</summary>
    /// <returns>Problem <c>invalid-query</c>.</returns>
    public static Outcome<MonthRange> Read(string? from, string? to, DateOnly today)
    {
        if (Month(to, today) is not { } last) return Wrong("to");
        if (Month(from, last.AddMonths(1 - UsualMonths)) is not { } first || first > last) return Wrong("from");
        return new MonthRange(Text(first), Text(last));
    }

    private static DateOnly? Month(string? text, DateOnly otherwise) => text is null ? new DateOnly(otherwise.Year, otherwise.Month, 1)
        : DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year > 1 ? month : null;

    private static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static Problem Wrong(string name) => new("invalid-query", $"{name}: a month is expected (yyyy-MM), the first not after the last.", name);
}

/// <summary>Whether those who are written to come more often than those who are not, as the reports have counted.</summary>
public sealed class CareEffects(IClubStore store, MeasuredCare projection)
{
    private const int Decimals = 4;

    public async Task<CareEffectsView> Of(MonthRange months, CancellationToken cancellation)
    {
        var query = new IndexQuery(ProjectionRows.RowIndex, CareRow.IdOf(months.From, ""), CareRow.IdOf(months.To, "") + IndexQuery.Last,
            Partition: Projections.PartitionOf(projection), Limit: 1000);
        var sums = new SortedDictionary<string, CareRow>(StringComparer.Ordinal);
        await foreach (var document in store.FindAll(query, cancellation))
        {
            var row = document.As<CareRow>();
            sums[row.Kind] = sums.TryGetValue(row.Kind, out var sum) ? sum with
            {
                Written = sum.Written + row.Written, WrittenVisited = sum.WrittenVisited + row.WrittenVisited, Held = sum.Held + row.Held,
                HeldVisited = sum.HeldVisited + row.HeldVisited,
            } : row;
        }
        return new CareEffectsView(months.From, months.To, [.. sums.Values.Select(ViewOf)]);
    }

    private static CareEffectView ViewOf(CareRow sum)
    {
        var effect = EffectRules.Of(sum.Written, sum.WrittenVisited, sum.Held, sum.HeldVisited);
        return new CareEffectView(NameOf(sum.Kind), sum.Written, sum.WrittenVisited, sum.Held, sum.HeldVisited, Rounded(effect?.Difference),
            Rounded(effect?.Low), Rounded(effect?.High), effect?.IsSignificant ?? false);
    }

    private static string NameOf(string kind) => kind == OccasionKeys.Anniversary ? "purchaseAnniversary" : kind;

    private static decimal? Rounded(double? share) => share is { } known ? decimal.Round((decimal)known, Decimals) : null;
}
