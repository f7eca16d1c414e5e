namespace Club.Kernel;

/// <summary>Guesses what a misspelt word was meant to be.</summary>
internal static class Nearest
{
    /// <summary><c>; did you mean "category"?</c>, or a full stop when nothing is near.</summary>
    public static string Hint(string word, IEnumerable<string> known) =>
        Of(word, known) is { } nearest ? $"; did you mean \"{nearest}\"?" : ".";

    /// <summary>A sentence with its end: a question that a hint asked is none the less one.</summary>
    public static string Ended(string sentence) => sentence is [.., '.' or '?'] ? sentence : sentence + ".";

    public static string? Of(string word, IEnumerable<string> known)
    {
        var tolerated = Math.Max(1, Math.Min(word.Length, 32) / 3);
        return known.Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= tolerated)
            .OrderBy(pair => pair.distance).Select(pair => pair.candidate).FirstOrDefault();
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours; case does not count.</summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 12) return int.MaxValue;
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var same = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[a.Length, b.Length];
    }

    private static bool Same(char x, char y) => char.ToUpperInvariant(x) == char.ToUpperInvariant(y);
}
