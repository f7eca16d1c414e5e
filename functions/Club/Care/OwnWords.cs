using System.Text.RegularExpressions;
using Club.Identity;

namespace Club.Care;

/// <summary>
/// What people call themselves and their cars goes out under the brand's signature, to any phone that somebody registers. So a text with a
/// link, an address or a number to call is left out of messages, as if it were not known; staff see it as it was given.
/// </summary>
public static partial class OwnWords
{
    /// <summary>The longest names are shorter; what is longer is a sentence.</summary>
    private const int MaxLength = 30;

    /// <summary>Fewer digits than in any number that can be called; a model may have a few.</summary>
    private const int MaxDigits = 4;

    public static string? OrNothing(string? text) => text is null || IsHarmless(text) ? text : null;

    public static bool IsHarmless(string text)
    {
        if (text.Length > MaxLength) return false;
        var folded = FullWidth.Fold(text);
        return folded.Count(IsDigit) <= MaxDigits && !Address().IsMatch(folded);
    }

    private static bool IsDigit(char c) => char.IsDigit(c) || "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖①②③④⑤⑥⑦⑧⑨⓪".Contains(c, StringComparison.Ordinal);

    /// <summary>A link as it is typed, and as it is typed around filters: evil . com, evil点com.</summary>
    [GeneratedRegex(
        @"https?|://|www|@|[a-z0-9][.。．｡·•](?:[a-z]{2,}|中国|公司|网络|网址)|[a-z0-9]\s*(?:[.。．｡·•]|点|dot)\s*(?:com|cn|net|org|top|xyz|vip|cc|me|link|shop|app|io)(?![a-z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
