using System.Globalization;
using Club.Kernel;

namespace Club.Care;

/// <summary>A day that a query asks for.</summary>
public static class CallDay
{
    /// <returns>Null when the query does not ask; problem <c>invalid-query</c>.</returns>
    public static Outcome<DateOnly?> Read(string? text) => text is null ? (DateOnly?)null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : new Problem("invalid-query", "on: a day is expected (yyyy-MM-dd).", "on");
}
