using System.Globalization;
using Club.Access;
using Club.Desk.Frame;
using Club.Kernel;

namespace Club.Desk.Rooms.Audit;

/// <summary>What records are asked for.</summary>
internal static class AuditQuestion
{
    /// <summary>What the address carries on.</summary>
    public static readonly string[] Names = ["member", "author", "from", "to"];

    public static Outcome<AuditCriteria> Read(Visit visit, ClubCalendar calendar)
    {
        var (from, to) = (Day(visit, "from"), Day(visit, "to"));
        if ((from.Problem ?? to.Problem) is { } wrong) return wrong;
        return new AuditCriteria(visit.Asked("member") is { } member ? new MemberId(member) : null, visit.Asked("author"),
            At(from.Value), At(to.Value?.AddDays(1)));

        DateTimeOffset? At(DateOnly? day) => day is { } date ? calendar.At(date, TimeOnly.MinValue) : null;
    }

    private static Outcome<DateOnly?> Day(Visit visit, string name)
    {
        if (visit.Asked(name) is not { } text) return (DateOnly?)null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year is > 1900 and < 3000 ? date : new Problem("wrong-type", "A date such as 2026-11-26 is expected.", $"$.{name}");
    }
}
