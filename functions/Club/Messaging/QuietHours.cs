using Club.Kernel;

namespace Club.Messaging;

/// <summary>Messages go out from <see cref="From"/> until just before <see cref="To"/>, in the brand's time zone; the rest of the day is
/// quiet.</summary>
public sealed record QuietHours
{
    /// <summary>08:00 to 21:00, the narrower of the hours that China's providers publish.</summary>
    public static readonly QuietHours Default = new(new TimeOnly(8, 0), new TimeOnly(21, 0));

    /// <exception cref="ArgumentException"><paramref name="from"/> is not before <paramref name="to"/>.</exception>
    public QuietHours(TimeOnly from, TimeOnly to)
    {
        if (from >= to) throw new ArgumentException("Sending hours must begin before they end.", nameof(from));
        (From, To) = (from, to);
    }

    public TimeOnly From { get; }
    public TimeOnly To { get; }

    /// <summary><paramref name="now"/> itself where it is allowed, otherwise the next time sending begins: a message is postponed, not
    /// dropped.</summary>
    public DateTimeOffset NextAllowed(DateTimeOffset now, ClubCalendar calendar)
    {
        var time = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, calendar.Zone).DateTime);
        if (time >= From && time < To) return now;
        var today = calendar.DateOf(now);
        return calendar.At(time < From ? today : today.AddDays(1), From);
    }
}
