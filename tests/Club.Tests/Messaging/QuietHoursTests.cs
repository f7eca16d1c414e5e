using System.Globalization;
using Club.Kernel;
using Club.Messaging;
using CsCheck;
using Xunit;

namespace Club.Tests.Messaging;

public sealed class QuietHoursTests
{
    private static readonly ClubCalendar Shanghai = new(TimeProvider.System, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    [Theory]
    [InlineData("2026-03-02T08:00:00+08:00", "2026-03-02T08:00:00+08:00")]
    [InlineData("2026-03-02T20:59:59+08:00", "2026-03-02T20:59:59+08:00")]
    [InlineData("2026-03-02T21:00:00+08:00", "2026-03-03T08:00:00+08:00")]
    [InlineData("2026-03-02T23:59:59+08:00", "2026-03-03T08:00:00+08:00")]
    [InlineData("2026-03-02T00:00:00+08:00", "2026-03-02T08:00:00+08:00")]
    [InlineData("2026-03-02T07:59:59+08:00", "2026-03-02T08:00:00+08:00")]
    [InlineData("2026-12-31T22:00:00+08:00", "2027-01-01T08:00:00+08:00")]
    [InlineData("2026-03-02T13:00:00+00:00", "2026-03-03T08:00:00+08:00")]
    [InlineData("2026-03-01T23:30:00+00:00", "2026-03-02T08:00:00+08:00")]
    public void A_message_in_quiet_hours_waits_for_morning(string now, string allowed) =>
        Assert.Equal(At(allowed), QuietHours.Default.NextAllowed(At(now), Shanghai));

    [Fact]
    public void The_allowed_time_is_allowed_and_less_than_a_day_away()
    {
        var start = At("2026-01-01T00:00:00+08:00");
        foreach (var zone in (string[])["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
        {
            var calendar = new ClubCalendar(TimeProvider.System, TimeZoneInfo.FindSystemTimeZoneById(zone));
            Gen.Int[0, 366 * 24 * 60].Sample(minutes =>
            {
                var now = start.AddMinutes(minutes);
                var next = QuietHours.Default.NextAllowed(now, calendar);
                return next >= now && next - now < TimeSpan.FromHours(13) && QuietHours.Default.NextAllowed(next, calendar) == next;
            }, iter: 300);
        }
    }

    [Fact]
    public void Hours_that_end_before_they_begin_are_refused() =>
        Assert.Throws<ArgumentException>(() => new QuietHours(new TimeOnly(21, 0), new TimeOnly(8, 0)));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
