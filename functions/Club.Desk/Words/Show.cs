using System.Globalization;
using Club.Kernel;

namespace Club.Desk.Words;

/// <summary>Numbers and times as a page shows them. The host runs without cultures, so the forms are the console's own.</summary>
public static class Show
{
    private static readonly (decimal From, decimal By, string Unit)[] English = [(1_000_000m, 1_000_000m, "M"), (10_000m, 1_000m, "k")];
    private static readonly (decimal From, decimal By, string Unit)[] Chinese = [(100_000_000m, 100_000_000m, "亿"), (10_000m, 10_000m, "万")];

    public static string Points(Points points) => Number(points.Value);

    public static string Money(decimal yuan) => yuan.ToString("¥#,##0.00;-¥#,##0.00", CultureInfo.InvariantCulture);

    public static string Number(decimal number) => number.ToString("#,##0.##;-#,##0.##", CultureInfo.InvariantCulture);

    /// <summary>With its sign, so that a gain and a loss are told apart without colour.</summary>
    public static string Change(decimal number) => number.ToString("+#,##0.##;−#,##0.##;0", CultureInfo.InvariantCulture);

    /// <summary>In few characters, as an axis bears: 1.2M, 120万.</summary>
    public static string Brief(decimal number, Language language)
    {
        foreach (var (from, by, unit) in language == Language.Chinese ? Chinese : English)
            if (Math.Abs(number) >= from) return (number / by).ToString("0.#", CultureInfo.InvariantCulture) + unit;
        return number.ToString("0.##", CultureInfo.InvariantCulture);
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Moment(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>For the attribute of a <c>time</c>.</summary>
    public static string Machine(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
