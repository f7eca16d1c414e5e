using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;

namespace Functions.Local.Timers;

/// <summary>Runs one timer function when it is due or asked for: one run at a time, since one loop runs them.</summary>
internal sealed partial class TimerLoop(TimerFunction function, TimerHistory history, TimeProvider time, IServiceScopeFactory scopes,
    ILogger log) : IDisposable
{
    /// <summary>A machine that slept finds out within this time.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    public string Name => function.Name;

    public void Start()
    {
        // Fixed now: what falls due from here on is due, however late the loop gets its first turn.
        var started = Now;
        _loop = Task.Run(() => Loop(started));
    }

    /// <summary>Runs the function as soon as it is not running. Asking again before that changes nothing.</summary>
    public void RunNow() => _asked.Writer.TryWrite(true);

    public async Task Stop(TimeSpan patience)
    {
        await _stopping.CancelAsync();
        if (await Task.WhenAny(_loop, Task.Delay(patience)) != _loop) Log.NotEnded(log, Name);
    }

    public void Dispose() => _stopping.Dispose();

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task Loop(DateTime started)
    {
        try
        {
            var next = await Begin(started);
            while (!_stopping.IsCancellationRequested)
            {
                if (await DueOrAsked(next))
                {
                    await Run(next, isPastDue: false);
                    next = function.Next(Now > next ? Now : next);
                }
                else
                {
                    await Call(next, isPastDue: false);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopping.
        }
        catch (Exception e)
        {
            Log.Ended(log, Name, e);
        }
    }

    /// <summary>Makes up for a missed run, and returns the next occurrence.</summary>
    private async Task<DateTime> Begin(DateTime started)
    {
        if (function.IsMonitored)
        {
            if (history.Last(Name) is not { } last) history.Record(Name, started);
            else if (function.Next(last) is var missed && missed <= started)
            {
                await Run(started, isPastDue: true);
                return function.Next(started);
            }
        }

        if (function.RunsOnStart) await Call(function.Next(started), isPastDue: false);
        return function.Next(started);
    }

    /// <summary>True when the occurrence is due, false when a run was asked for before.</summary>
    private async Task<bool> DueOrAsked(DateTime next)
    {
        while (true)
        {
            var wait = next - Now;
            if (wait <= TimeSpan.Zero) return true;
            if (_asked.Reader.TryRead(out _)) return false;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            var due = Task.Delay(wait < LongestWait ? wait : LongestWait, time, either.Token);
            await Task.WhenAny(due, _asked.Reader.WaitToReadAsync(either.Token).AsTask());
            await either.CancelAsync();
            _stopping.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A run that ends, well or badly, is noted; one that the stopping host cut short is missed and made up for.</summary>
    private async Task Run(DateTime occurrence, bool isPastDue)
    {
        await Call(function.Next(occurrence), isPastDue);
        if (function.IsMonitored) history.Record(Name, occurrence);
    }

    private async Task Call(DateTime next, bool isPastDue)
    {
        var last = function.IsMonitored ? history.Last(Name) : null;
        var status = function.IsMonitored ? new ScheduleStatus { Last = last ?? default, Next = next, LastUpdated = last ?? default }
            : null;
        Log.Running(log, Name);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await function.Function.Invoke(scope.ServiceProvider,
                new(new TimerInfo { ScheduleStatus = status, IsPastDue = isPastDue }, _stopping.Token));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            Log.Failed(log, Name, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Timer} runs")]
        public static partial void Running(ILogger logger, string timer);

        [LoggerMessage(2, LogLevel.Error, "{Timer} failed; it runs again at its next time")]
        public static partial void Failed(ILogger logger, string timer, Exception exception);

        [LoggerMessage(3, LogLevel.Warning, "{Timer} did not end in time")]
        public static partial void NotEnded(ILogger logger, string timer);

        [LoggerMessage(4, LogLevel.Critical, "{Timer} will not run again before a restart")]
        public static partial void Ended(ILogger logger, string timer, Exception exception);
    }
}
