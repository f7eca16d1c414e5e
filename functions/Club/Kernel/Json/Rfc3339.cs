using System.Globalization;
using System.Text.RegularExpressions;

namespace Club.Kernel;

/// <summary>Times on the wire: RFC 3339 with an explicit offset (RFC 3339, section 5.6).</summary>
public static partial class Rfc3339
{
    public static bool TryParse(string text, out DateTimeOffset moment)
    {
        moment = default;
        return text.Length <= 40 && Shape().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
