using Club.Kernel;

namespace Club.Spending;

/// <summary>Reads amounts that somebody wants to move.</summary>
internal static class SpendingFields
{
    /// <summary>Beyond every purse, and so far from what overflows that no number of commands comes there.</summary>
    public const decimal Most = 1_000_000_000m;

    /// <summary>More than zero, with at most two decimals.</summary>
    public static Points? Points(this JsonFields body, string name, bool required = true) =>
        Amount(body, name, required) is { } number ? Kernel.Points.Of(number) : null;

    /// <summary>The same of CNY.</summary>
    public static Money? Money(this JsonFields body, string name, bool required = true) =>
        Amount(body, name, required) is { } number ? Kernel.Money.Of(number) : null;

    /// <summary>The code of a partner, as it stands in addresses and in accounts of the ledger.</summary>
    public static string? Partner(this JsonFields body, bool required)
    {
        if (body.Text("partner", required, maximum: 64) is not { } code) return null;
        if (IsPartnerCode(code)) return code;
        body.Fail("partner", "1 to 64 letters, digits, - and _ are expected");
        return null;
    }

    /// <summary>Letters, digits, hyphen and underscore.</summary>
    public static bool IsPartnerCode(string code) =>
        code.Length is > 0 and <= 64 && code.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    /// <summary>In CNY, zero or more.</summary>
    public static Money? Cost(this JsonFields body, string name)
    {
        if (body.Number(name, required: false) is not { } number) return null;
        if (number is >= 0 and <= Most && IsExact(number)) return Kernel.Money.Of(number);
        body.Fail(name, $"{number} is not 0 or more, with at most two decimals and up to {Most:0}");
        return null;
    }

    /// <summary>Above zero or below it, with at most two decimals.</summary>
    public static Points? Change(this JsonFields body, string name)
    {
        if (body.Number(name) is not { } number) return null;
        if (number != 0 && Math.Abs(number) <= Most && IsExact(number)) return Kernel.Points.Of(number);
        body.Fail(name, $"{number} is not other than 0, with at most two decimals and up to {Most:0}");
        return null;
    }

    private static decimal? Amount(JsonFields body, string name, bool required)
    {
        if (body.Number(name, required) is not { } number) return null;
        if (number is > 0 and <= Most && IsExact(number)) return number;
        body.Fail(name, $"{number} is not more than 0, with at most two decimals and up to {Most:0}");
        return null;
    }

    private static bool IsExact(decimal number) => number * 100 == decimal.Truncate(number * 100);
}
