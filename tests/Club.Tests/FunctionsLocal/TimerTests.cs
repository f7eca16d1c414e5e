using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Club.Tests.FunctionsLocal;

public sealed class TimerTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly Probe _probe = new();
    private readonly FakeTimeProvider _time = new(Morning);

    [Fact]
    public async Task A_timer_runs_when_it_is_due_and_not_before()
    {
        await using var host = await TestHost.Start(_probe, [typeof(TimerProbe)], time: _time);
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Empty(_probe.Runs);
        await AdvanceUntil(1);
        var run = _probe.Runs.Single();
        Assert.False(run.IsPastDue);
        Assert.Equal(new DateTime(2026, 3, 3, 9, 0, 0, DateTimeKind.Utc), run.ScheduleStatus!.Next);
        Assert.Equal(Morning.UtcDateTime, run.ScheduleStatus.Last);
        Assert.InRange(_time.GetUtcNow(), Morning.AddHours(1), Morning.AddHours(1).AddMinutes(10));
    }

    [Fact]
    public async Task A_timer_runs_again_the_next_day()
    {
        await using var host = await TestHost.Start(_probe, [typeof(TimerProbe)], time: _time);
        _time.Advance(TimeSpan.FromHours(1));
        await AdvanceUntil(1);
        _time.Advance(TimeSpan.FromHours(23));
        await AdvanceUntil(2);
        Assert.Equal(new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc), _probe.Runs.Last().ScheduleStatus!.Last);
    }

    [Fact]
    public async Task Runs_missed_while_the_host_was_down_fire_once_when_it_starts()
    {
        using var directory = new TempDirectory();
        await using (await TestHost.Start(_probe, [typeof(TimerProbe)], directory, _time)) await Task.Yield();
        _time.Advance(TimeSpan.FromDays(3));

        await using (await TestHost.Start(_probe, [typeof(TimerProbe)], directory, _time))
            await Eventually.True(() => _probe.Runs.Count == 1, "the missed run");
        Assert.True(_probe.Runs.Single().IsPastDue);

        await using var third = await TestHost.Start(_probe, [typeof(TimerProbe)], directory, _time);
        await AdvanceUntil(2);
        Assert.False(_probe.Runs.Last().IsPastDue);
    }

    [Fact]
    public async Task A_first_start_has_missed_nothing()
    {
        await using var host = await TestHost.Start(_probe, [typeof(TimerProbe)], time: _time);
        await AdvanceUntil(1);
        Assert.False(_probe.Runs.Single().IsPastDue);
    }

    [Fact]
    public async Task A_run_never_overlaps_another_of_its_timer()
    {
        var running = 0;
        var most = 0;
        var release = new TaskCompletionSource();
        _probe.OnTimer = async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await release.Task;
            Interlocked.Decrement(ref running);
        };
        await using var host = await TestHost.Start(_probe, [typeof(TimerProbe)], time: _time);
        await AdvanceUntil(1);
        _time.Advance(TimeSpan.FromDays(2));
        for (var i = 0; i < 5; i++) await Ask(host);
        release.SetResult();
        await Eventually.True(() => _probe.Runs.Count == 2, "the run that was asked for");
        await AdvanceUntil(3);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_failed_run_does_not_end_the_timer()
    {
        _probe.OnTimer = _ => throw new InvalidOperationException("a bad morning");
        await using var host = await TestHost.Start(_probe, [typeof(TimerProbe)], time: _time);
        await AdvanceUntil(1);
        _time.Advance(TimeSpan.FromHours(23));
        await AdvanceUntil(2);
    }

    [Fact]
    public async Task A_run_that_a_stop_cut_short_is_made_up_for()
    {
        using var directory = new TempDirectory();
        _probe.OnTimer = cancellation => Task.Delay(Timeout.Infinite, cancellation);
        await using (await TestHost.Start(_probe, [typeof(TimerProbe)], directory, _time)) await AdvanceUntil(1);

        _probe.OnTimer = _ => Task.CompletedTask;
        await using var next = await TestHost.Start(_probe, [typeof(TimerProbe)], directory, _time);
        await Eventually.True(() => _probe.Runs.Count == 2, "the run is repeated");
        Assert.True(_probe.Runs.Last().IsPastDue);
    }

    [Fact]
    public async Task A_timer_may_run_on_start_and_take_its_schedule_from_a_setting()
    {
        await using var host = await TestHost.Start(
            _probe, [typeof(UnmonitoredTimerProbe)], time: _time, settings: new() { ["Schedules__Start"] = "0 30 8 * * *" });
        await Eventually.True(() => _probe.Runs.Count == 1, "the run on start");
        Assert.Null(_probe.Runs.Single().ScheduleStatus);
        await AdvanceUntil(2);
        Assert.InRange(_time.GetUtcNow(), Morning.AddMinutes(30), Morning.AddMinutes(40));
    }

    private static async Task Ask(TestHost host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/functions/CareTimer");
        request.Headers.Add("x-functions-key", global::Functions.Local.Hosting.DevelopmentKeys.Functions);
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Ten minutes at a time, giving the loops a turn in between, until there are so many runs.</summary>
    private async Task AdvanceUntil(int runs)
    {
        var left = 2 * 24 * 6;
        await Eventually.True(
            () =>
            {
                if (_probe.Runs.Count >= runs) return true;
                Assert.True(left-- > 0, "two days passed without a run");
                _time.Advance(TimeSpan.FromMinutes(10));
                return false;
            },
            $"run {runs}");
    }
}
