namespace Club.Identity;

/// <summary>Typed text as a Chinese keyboard and a phone's address book produce it, folded to ASCII where ASCII is meant.</summary>
internal static class FullWidth
{
    private const int Offset = '！' - '!';

    /// <summary>
    /// Full-width forms become ASCII, the spaces of typesetters (U+2000–200A, 202F, 205F, 3000, 00A0) a space, typographic dashes a hyphen;
    /// invisible direction marks, which copied numbers carry, are left out.
    /// </summary>
    public static string Fold(string text)
    {
        if (System.Text.Ascii.IsValid(text)) return text;
        Span<char> folded = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var c in text)
            if (!IsInvisible(c)) folded[length++] = Fold(c);
        return new string(folded[..length]);
    }

    private static char Fold(char c) => c switch
    {
        >= '！' and <= '～' => (char)(c - Offset),
        '\u3000' or '\u00A0' or (>= '\u2000' and <= '\u200A') or '\u202F' or '\u205F' => ' ',
        (>= '\u2010' and <= '\u2015') or '\u2212' => '-',
        _ => c,
    };

    private static bool IsInvisible(char c) =>
        c is (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2069') or '\uFEFF';
}
