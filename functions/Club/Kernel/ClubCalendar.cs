namespace Club.Kernel;

/// <summary>The club's clock and calendar: every business date is a date in the brand's time zone.</summary>
public sealed class ClubCalendar(TimeProvider time, TimeZoneInfo zone)
{
    /// <summary>Clocks of source systems may run ahead of the club's by this much.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);

    public TimeProvider Time { get; } = time;
    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>The present moment, with the brand's offset.</summary>
    public DateTimeOffset Now => TimeZoneInfo.ConvertTime(Time.GetUtcNow(), Zone);

    public DateOnly Today => DateOf(Time.GetUtcNow());

    public DateOnly DateOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);

    /// <summary>The moment at which a business date and time of day begin. A time that a clock change skips moves to the next valid
    /// one.</summary>
    public DateTimeOffset At(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        while (Zone.IsInvalidTime(local)) local = local.AddMinutes(30);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }
}
