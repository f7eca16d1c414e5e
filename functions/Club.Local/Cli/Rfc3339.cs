using System.Globalization;
using System.Text.RegularExpressions;

namespace Club.Local.Cli;

internal static partial class Rfc3339
{
    /// <summary>A date, a time and an offset; a time without an offset is no moment.</summary>
    public static bool TryParse(string text, out DateTimeOffset moment)
    {
        moment = default;
        return Shape().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,7})?([Zz]|[+-]\d\d:\d\d)$")]
    private static partial Regex Shape();
}
