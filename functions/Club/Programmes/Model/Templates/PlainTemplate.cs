using System.Globalization;
using System.Text.RegularExpressions;

namespace Club.Programmes;

/// <summary>
/// A Liquid text of nothing but variables, each with a default at most, as nearly all are: written as Liquid writes it, for a hundredth of
/// what its renderer costs, which looks up all its filters for each text.
/// </summary>
internal sealed partial class PlainTemplate
{
    private readonly record struct Piece(string Text, string? Variable, string? Otherwise);

    private readonly List<Piece> _pieces = [];

    /// <returns>Null where Liquid is needed.</returns>
    public static PlainTemplate? TryParse(string source)
    {
        var plain = new PlainTemplate();
        var end = 0;
        foreach (Match variable in Variable().Matches(source))
        {
            plain._pieces.Add(new(source[end..variable.Index], variable.Groups["name"].Value,
                variable.Groups["otherwise"] is { Success: true, Value: var otherwise } ? otherwise : null));
            end = variable.Index + variable.Length;
        }
        plain._pieces.Add(new(source[end..], null, null));
        return plain._pieces.Exists(static piece => piece.Text.AsSpan().ContainsAny('{', '}')) ? null : plain;
    }

    /// <param name="value">Of a variable, as a template knows it.</param>
    public void Render(TextWriter writer, Func<string, object?> value)
    {
        foreach (var (text, variable, otherwise) in _pieces)
        {
            writer.Write(text);
            if (variable is null) continue;
            var said = value(variable);
            writer.Write(otherwise is null ? Said(said) : IsNothing(said) ? otherwise : Filtered(said));
        }
    }

    private static bool IsNothing(object? value) => value is null || value is string text && string.IsNullOrWhiteSpace(text);

    private static string? Said(object? value) => value is bool truth ? truth ? "true" : "false" : Filtered(value);

    /// <summary>What has passed a filter is text already, as .NET writes it.</summary>
    private static string? Filtered(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);

    // Words that are values in Liquid are left to it.
    [GeneratedRegex(@"\{\{\s*(?!(?:nil|null|true|false|blank|empty)\b)(?<name>[A-Za-z]\w*)\s*(?:\|\s*default:\s*'(?<otherwise>[^'{}|]*)'\s*)?\}\}",
        RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
