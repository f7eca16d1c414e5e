using System.Globalization;

namespace Club.Kernel;

/// <summary>A calendar month in the brand's time zone, written <c>2026-10</c>.</summary>
public readonly record struct StatementMonth(DateOnly First)
{
    /// <summary>A booking decided in the month's last moment has been committed by then.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromHours(1);

    /// <summary>Before that no transaction is taken.</summary>
    private static readonly DateOnly Earliest = new(2000, 1, 1);

    public static bool TryParse(string text, out StatementMonth month)
    {
        var isMonth = DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first);
        month = new StatementMonth(first);
        return isMonth && first >= Earliest;
    }

    /// <summary>The month of a business date.</summary>
    public static StatementMonth Of(DateOnly day) => new(new DateOnly(day.Year, day.Month, 1));

    /// <summary>The month that an address or a query names.</summary>
    /// <returns>Problem <c>invalid-query</c>.</returns>
    public static Outcome<StatementMonth> Read(string text) => TryParse(text, out var month) ? month
        : new Problem("invalid-query", "month: a month since 2000-01 is expected (yyyy-MM).", "month");

    public DateTimeOffset Begin(ClubCalendar calendar) => calendar.At(First, TimeOnly.MinValue);

    /// <summary>The first moment after the month.</summary>
    public DateTimeOffset End(ClubCalendar calendar) => calendar.At(First.AddMonths(1), TimeOnly.MinValue);

    public bool IsClosed(ClubCalendar calendar) => First < new DateOnly(9999, 12, 1) && calendar.Now >= End(calendar) + Settling;

    public override string ToString() => First.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
