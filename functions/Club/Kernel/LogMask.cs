using System.Text.RegularExpressions;

namespace Club.Kernel;

/// <summary>
/// Takes out of a line of the log, or of the reason of a dead letter, what must not stand there, whoever writes it: the framework logs
/// addresses with their query, which holds phones, VINs, names, openIds and the staff key.
/// </summary>
public static partial class LogMask
{
    public static string Of(string text)
    {
        text = Query().Replace(text, "$1***");
        text = Secret().Replace(text, "$1***");
        text = Token().Replace(text, "eyJ***");
        text = Phone().Replace(text, "$1****$2");
        text = Vin().Replace(text, "$1**********$2");
        return OpenId().Replace(text, "o***");
    }

    /// <summary>Every value of a query: names are data of persons as well.</summary>
    [GeneratedRegex("""([?&][A-Za-z0-9_.~%-]{1,64}=)[^&\s"'<>]+""")]
    private static partial Regex Query();

    [GeneratedRegex("""(?i)((?:x-functions-key|authorization|cookie|sharedaccesskey|webhook-signature)["'\]]*\s*[:=]\s*)[^\r\n]+""")]
    private static partial Regex Secret();

    /// <summary>A JWT, wherever somebody has put it: a path, too.</summary>
    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*)?")]
    private static partial Regex Token();

    [GeneratedRegex("(?<![0-9A-Za-z])((?:(?:\\+|%2B|00)?86[- ]?)?1[3-9][0-9])[0-9]{4}([0-9]{4})(?![0-9A-Za-z])")]
    private static partial Regex Phone();

    /// <summary>17 characters with a letter and a digit, but for member ids, which have as many.</summary>
    [GeneratedRegex(
        "(?<![0-9A-Za-z])(?!M[0-9A-HJKMNP-TV-Z]{16}(?![0-9A-Za-z]))(?=[0-9]*[A-Za-z])(?=[A-Za-z]*[0-9])([A-HJ-NPR-Za-hj-npr-z0-9]{3})[A-HJ-NPR-Za-hj-npr-z0-9]{10}([A-HJ-NPR-Za-hj-npr-z0-9]{4})(?![0-9A-Za-z])")]
    private static partial Regex Vin();

    [GeneratedRegex("(?<![0-9A-Za-z_-])o[0-9A-Za-z_-]{27}(?![0-9A-Za-z_-])")]
    private static partial Regex OpenId();
}
