using System.Globalization;
using System.Text.Json.Nodes;
using Club.Kernel;

namespace Club.Desk.Frame;

/// <summary>Amounts of points, money and pieces as people type them: digits, a point, decimals, and nothing else.</summary>
public static class Amounts
{
    /// <summary>Beyond every purse, and far from what overflows.</summary>
    public const decimal Most = 1_000_000_000_000m;

    private const int Shown = 40;

    /// <summary>Null for what is no such amount.</summary>
    /// <param name="decimals">How many it has at most.</param>
    /// <param name="isSigned">Whether it may stand below zero.</param>
    public static decimal? Of(string? text, int decimals = 2, bool isSigned = false) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | (isSigned ? NumberStyles.AllowLeadingSign : 0),
            CultureInfo.InvariantCulture, out var number)
        && number is <= Most and >= -Most && decimal.Round(number, decimals) == number ? number : null;

    /// <summary>Puts what a field says into a body; nothing where it says nothing: whether that will do, the body's reader knows.</summary>
    /// <returns>Problem <c>invalid-data</c>.</returns>
    public static Problem? Into(JsonObject body, Form form, string name, int decimals = 2, bool isSigned = false)
    {
        if (form.Text(name) is not { } text) return null;
        if (Of(text, decimals, isSigned) is not { } number) return Unfit(name, text, decimals, isSigned);
        body[name] = number;
        return null;
    }

    public static Problem Unfit(string name, string text, int decimals = 2, bool isSigned = false) => new("invalid-data",
        $"$.{name}: \"{Bounded.Text(text, Shown)}\" is no amount. Digits are expected{(decimals == 0 ? ", such as 120" : $" with at most {decimals} decimals after a point, such as 120 or 99.50")}, up to {Most:0}{(isSigned ? "; below zero with a - before them" : "")}.",
        $"$.{name}");
}
