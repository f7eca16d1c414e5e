using System.Diagnostics.CodeAnalysis;

namespace Club.Identity;

/// <summary>What is left of a person where she must not be named: enough to be told apart by whoever knows her.</summary>
public static class Masks
{
    /// <summary>王**, the first character only.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static string? Name(string? name)
    {
        if (name is null) return null;
        var first = System.Globalization.StringInfo.GetNextTextElement(name);
        return first + "**";
    }

    /// <summary>LSV**********3456.</summary>
    [return: NotNullIfNotNull(nameof(vin))]
    public static string? Vin(string? vin) => Middle(vin, 3, 4);

    /// <summary>浙A***45.</summary>
    [return: NotNullIfNotNull(nameof(plate))]
    public static string? Plate(string? plate) => Middle(plate, 2, 2);

    private static string? Middle(string? text, int first, int last) => text is null ? null
        : text.Length <= first + last ? new string('*', text.Length)
        : text[..first] + new string('*', text.Length - first - last) + text[^last..];
}
