using System.Globalization;
using System.Text;

namespace Club.Kernel;

/// <summary>Texts of others in a file that a spreadsheet will open.</summary>
public static class CsvText
{
    /// <summary>A spreadsheet takes a text that begins with one of these for a formula; Chinese and Japanese ones take the wide forms,
    /// too.</summary>
    private const string Formula = "=+-@|%\t\r\n＝＋－＠";

    /// <summary>Letters and signs by their category that are shown as nothing: fillers of Hangul, the empty pattern of Braille.</summary>
    private const string Blank = "\u115f\u1160\u3164\uffa0\u2800\u034f";

    /// <summary>A text of somebody else's, with an apostrophe before it where a spreadsheet would run it.</summary>
    public static string Harmless(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && Formula.Contains((char)rune.Value, StringComparison.Ordinal)) return "'" + text;
            if (!Rune.IsWhiteSpace(rune) && !IsInvisible(rune)) break;
        }
        return text;
    }

    /// <summary>The same of a name: what nobody sees in it is written out, such as <c>[U+200B]</c>, so that two who look alike are not
    /// alike.</summary>
    public static string Visible(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsInvisible(rune)) shown.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
            else shown.Append(rune);
        }
        return Harmless(shown.ToString());
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.PrivateUse
        || rune.IsBmp && Blank.Contains((char)rune.Value, StringComparison.Ordinal)
        || rune.Value is >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator && rune.Value is not (' ' or 0x3000);
}
