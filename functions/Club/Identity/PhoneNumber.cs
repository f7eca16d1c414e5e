using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Club.Kernel;
using PhoneNumbers;

namespace Club.Identity;

/// <summary>
/// A phone number in E.164. From mainland China mobiles only; from elsewhere whatever libphonenumber calls valid.
/// </summary>
public sealed partial record PhoneNumber
{
    private const int MaxInput = 40;
    private const int ChinaCode = 86;
    private static readonly SearchValues<char> Accepted = SearchValues.Create("0123456789+ -.()·•・");

    private PhoneNumber(int countryCode, string national) => (CountryCode, National) = (countryCode, national);

    public int CountryCode { get; }

    /// <summary>The national significant number.</summary>
    public string National { get; }

    public string E164 => string.Create(CultureInfo.InvariantCulture, $"+{CountryCode}{National}");

    /// <summary><c>138****8000</c>; a foreign number keeps its country code, and never shows all but fewer than four digits.</summary>
    public string Masked
    {
        get
        {
            var tail = Math.Clamp(National.Length - 4, 0, 4);
            var head = Math.Clamp(National.Length - 4 - tail, 0, 3);
            var masked = $"{National[..head]}****{National[^tail..]}";
            return CountryCode == ChinaCode ? masked : string.Create(CultureInfo.InvariantCulture, $"+{CountryCode} {masked}");
        }
    }

    /// <summary>Masked, so that a number put into a log by mistake stays private.</summary>
    public override string ToString() => Masked;

    /// <summary>
    /// Accepts spaces, dashes, middle dots, full-width digits, <c>+86</c>, <c>0086</c>, <c>86</c>, a leading 0 and <c>tel:</c>; other
    /// countries with <c>+</c> or <c>00</c>. Problem: <c>phone-invalid</c>.
    /// </summary>
    public static Outcome<PhoneNumber> Parse(string? input)
    {
        if (string.IsNullOrWhiteSpace(input)) return Invalid("A phone number is missing.");
        if (input.Length > MaxInput) return Invalid("The phone number is too long.");

        // The shape is checked first: libphonenumber would dig a number out of any text around it.
        if (Compact(FullWidth.Fold(input).Trim()) is not { } compact)
            return Invalid("The phone number may hold digits, spaces, dashes and a leading + only.");

        // The mobile pattern decides, not the library: its metadata lags behind the prefixes that China's carriers open.
        var china = ChinaMobile().Match(compact);
        if (china.Success) return new PhoneNumber(ChinaCode, china.Groups[1].Value);
        return compact[0] == '+' ? Foreign(compact)
            : Invalid("This is not a mainland mobile number; write other numbers with + and country code.");
    }

    private static string? Compact(string text)
    {
        if (text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)) text = text[4..];
        if (text.AsSpan().ContainsAnyExcept(Accepted)) return null;
        var compact = string.Concat(text.Where(c => char.IsAsciiDigit(c) || c == '+'));
        if (compact.StartsWith("00", StringComparison.Ordinal)) compact = $"+{compact.AsSpan(2)}";
        return compact.Length == 0 || compact.LastIndexOf('+') > 0 ? null : compact;
    }

    private static Outcome<PhoneNumber> Foreign(string compact)
    {
        var library = PhoneNumberUtil.GetInstance();
        try
        {
            var number = library.Parse(compact, null);
            if (number.CountryCode == ChinaCode) return Invalid("This is not a mainland mobile number.");
            return library.IsValidNumber(number)
                ? new PhoneNumber(number.CountryCode, library.GetNationalSignificantNumber(number))
                : Invalid("No such number can exist in its country.");
        }
        catch (NumberParseException)
        {
            return Invalid("This is not a phone number.");
        }
    }

    private static Problem Invalid(string message) => new("phone-invalid", message);

    [GeneratedRegex(@"^(?:\+?86)?0?(1[3-9][0-9]{9})\z", RegexOptions.CultureInvariant)]
    private static partial Regex ChinaMobile();
}
