using System.Text.Json.Serialization;
using Club.Kernel;

namespace Club.Value;

/// <summary>Where a move between cells leads.</summary>
[JsonConverter(typeof(CamelCaseEnum<Trend>))]
public enum Trend
{
    /// <summary>Worth more or more loyal, and in neither less.</summary>
    Up,

    /// <summary>Worth less or less loyal, and in neither more.</summary>
    Down,

    /// <summary>More of one and less of the other.</summary>
    Across,

    /// <summary>She was in no cell.</summary>
    Came,

    /// <summary>She is in none any more.</summary>
    Went,
}

/// <summary>Which moves between cells are good ones. Pure.</summary>
public static class MoveRules
{
    private const string Values = "SGD", Loyalties = "CBA";

    /// <param name="from">Null: no cell.</param>
    /// <param name="to">Null likewise.</param>
    public static Trend TrendOf(string? from, string? to)
    {
        if (from is null) return Trend.Came;
        if (to is null) return Trend.Went;
        var (value, loyalty) = (Step(Values, from[0], to[0]), Step(Loyalties, from[1], to[1]));
        return value >= 0 && loyalty >= 0 ? Trend.Up : value <= 0 && loyalty <= 0 ? Trend.Down : Trend.Across;
    }

    private static int Step(string order, char from, char to) =>
        order.IndexOf(to, StringComparison.Ordinal) - order.IndexOf(from, StringComparison.Ordinal);
}
