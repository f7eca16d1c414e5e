using Club.Local;
using Xunit;

namespace Club.Tests.Local;

public sealed class ClockJumpTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(0, false, null)]
    [InlineData(-399, false, null)]
    [InlineData(-401, false, "points would lapse")]
    [InlineData(-401, true, null)]
    [InlineData(-1097, true, null)]
    [InlineData(-1099, true, "points would lapse")]
    [InlineData(-3653, true, "points would lapse")]
    [InlineData(0.9, false, null)]
    [InlineData(1.1, false, "backwards")]
    [InlineData(1.1, true, "backwards")]
    [InlineData(3653, true, "backwards")]
    public void A_clock_far_from_the_newest_record_is_refused(double recordAfterNow, bool typed, string? why)
    {
        var sentence = ClockJump.Refuse(Now.AddDays(recordAfterNow), Now, typed);
        if (why is null) Assert.Null(sentence);
        else Assert.Contains(why, sentence, StringComparison.Ordinal);
        if (why is not null) Assert.Contains("--accept-clock", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_record_every_clock_is_right() => Assert.Null(ClockJump.Refuse(null, Now, typed: false));

    [Fact]
    public async Task A_start_ten_years_ahead_lapses_nothing_unless_the_clock_is_accepted_and_none_goes_back_in_silence()
    {
        var directory = Directory.CreateTempSubdirectory("club-clock").FullName;
        try
        {
            await using (var host = await LocalProcess.Start(directory))
            {
                using var staff = new StaffClient(host.Http);
                await staff.Register(new { phone = "13800138000" });
            }
            var ahead = DateTimeOffset.UtcNow.AddYears(10).ToString("yyyy-MM-ddTHH:mm:ss+00:00", null);
            await Assert.ThrowsAsync<InvalidOperationException>(() => LocalProcess.Start(directory, "--now", ahead));
            await using (await LocalProcess.Start(directory, "--now", DateTimeOffset.UtcNow.AddYears(2)
                .ToString("yyyy-MM-ddTHH:mm:ss+00:00", null))) { }
            await using (var host = await LocalProcess.Start(directory, "--now", ahead, "--accept-clock"))
            {
                using var staff = new StaffClient(host.Http, new Shifted(TimeSpan.FromDays(3653)));
                Assert.NotEmpty((await staff.Get("/api/members?phone=13800138000"))["items"]!.AsArray());
                await staff.Register(new { phone = "13800138001" });
            }
            await Assert.ThrowsAsync<InvalidOperationException>(() => LocalProcess.Start(directory));
            await using (await LocalProcess.Start(directory, "--accept-clock")) { }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private sealed class Shifted(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
