namespace Club.Kernel;

/// <summary>Texts of others in a CSV file.</summary>
public static class CsvText
{
    /// <summary>A spreadsheet takes a text that begins with one of these for a formula; Chinese and Japanese ones take the wide forms,
    /// too.</summary>
    private const string Formula = "=+-@|%\t\r\n＝＋－＠";

    /// <summary>A text of somebody else's, with an apostrophe before it where a spreadsheet would run it.</summary>
    public static string Harmless(string text) =>
        text.TrimStart(' ', '\u3000') is [var first, ..] && Formula.Contains(first, StringComparison.Ordinal) ? "'" + text : text;
}
