using System.Globalization;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>How members are told apart by what they spend and by how they come 客户价值细分. A programme without it tells nobody apart.</summary>
/// <param name="Months">Spend counts for so many whole months after its own, and in its own.</param>
/// <param name="Categories">Lines of these count as spend, and a bill with one of them is a visit.</param>
/// <param name="Diamond">From what on somebody is D 钻石; any of them is enough.</param>
/// <param name="Gold">From what on somebody is G 黄金; whoever is neither is S 白银.</param>
/// <param name="Strategies">One for each of the nine cells.</param>
public sealed record ValueTerms(
    int Months, IReadOnlyList<string> Categories, ValueThreshold Diamond, ValueThreshold Gold, VisitTerms Visits,
    IReadOnlyList<CellStrategy> Strategies)
{
    private string? _counts;
    private string? _fingerprint;

    /// <summary>Where its terms come from, quoted.</summary>
    public string? Source { get; init; }

    /// <summary>By what visits are summed up: sums of other terms are no use.</summary>
    public string Counts => _counts ??= Ids.Derived("", [$"{Months}", .. Categories.Order(StringComparer.Ordinal)])[..8];

    /// <summary>Other terms have another one: whoever was judged by them is judged again.</summary>
    public string Fingerprint => _fingerprint ??=
        Ids.Derived("", [Counts, Diamond.Terms, Gold.Terms, string.Create(CultureInfo.InvariantCulture, $"{Visits}")])[..8];

    /// <returns>Null for no cell.</returns>
    public CellStrategy? StrategyOf(string? cell) => Strategies.FirstOrDefault(one => one.Cell == cell);
}

/// <summary>A class by spend; null: not asked. All in CNY.</summary>
/// <param name="Total">Of all visits in the window together.</param>
/// <param name="Mean">Of one bill.</param>
/// <param name="Item">Of one line of a bill, on average.</param>
public sealed record ValueThreshold(Money? Total, Money? Mean, Money? Item)
{
    internal string Terms => $"{Total} {Mean} {Item}";
}

/// <summary>When somebody is expected, and when she is late. In days.</summary>
/// <param name="ExpectedDays">Between two visits, of whoever has not shown her own interval yet.</param>
/// <param name="LeastDays">No interval of one's own is shorter.</param>
/// <param name="MostDays">And none is longer.</param>
/// <param name="ApartDays">A visit within fewer days belongs to the one before: what was found then is finished.</param>
/// <param name="LostAfter">After so many intervals without a visit somebody is lost.</param>
public sealed record VisitTerms(int ExpectedDays, int LeastDays, int MostDays, int ApartDays, decimal LostAfter);

/// <summary>What is to be done for the members of a cell.</summary>
/// <param name="Cell">Value, then loyalty: <c>DA</c> to <c>SC</c>.</param>
public sealed record CellStrategy(string Cell, string Zh, string En)
{
    public static readonly IReadOnlyList<string> Values = ["D", "G", "S"];
    public static readonly IReadOnlyList<string> Loyalties = ["A", "B", "C"];

    /// <summary>The nine cells of the matrix, the best first.</summary>
    public static IReadOnlyList<string> Cells { get; } = [.. Values.SelectMany(value => Loyalties.Select(loyalty => value + loyalty))];

    public string In(Language language) => language.Say(En, Zh);
}
