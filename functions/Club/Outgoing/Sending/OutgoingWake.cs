using Club.Kernel;
using Club.Store;
using Microsoft.Extensions.Logging;

namespace Club.Outgoing;

/// <summary>
/// Has events delivered soon after something has happened, and when a time has come: one message of the work queue, however much happened.
/// Where a host ends before, the timer makes up for it.
/// </summary>
public sealed partial class OutgoingWake : IHearsNews, IDisposable
{
    /// <summary>What happens within it goes out together.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;
    private readonly ILogger<OutgoingWake> _logger;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;

    /// <summary>Nobody was to be told when it was looked; another host may know better since.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    private long _quietUntil;
    private DateTimeOffset? _at;

    public OutgoingWake(IWorkQueue queue, TimeProvider time, ILogger<OutgoingWake> logger)
    {
        (_queue, _time, _logger) = (queue, time, logger);
        _timer = time.CreateTimer(_ => _ = Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Hear()
    {
        var now = _time.GetUtcNow();
        if (now.UtcTicks >= Interlocked.Read(ref _quietUntil)) At(now + Gathering);
    }

    /// <summary>Whether there is anybody to be told; if so, it is looked soon.</summary>
    public void Want(bool isWanted)
    {
        Interlocked.Exchange(ref _quietUntil, isWanted ? 0 : (_time.GetUtcNow() + Quiet).UtcTicks);
        Hear();
    }

    /// <summary>Rings at a moment, unless it does before.</summary>
    public void At(DateTimeOffset moment)
    {
        lock (_lock)
        {
            if (_at <= moment) return;
            _at = moment;
            var wait = moment - _time.GetUtcNow();
            _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private async Task Ring()
    {
        lock (_lock) _at = null;
        try
        {
            await _queue.Send([new WorkMessage([OutgoingJob.Word], 0).ToJson()]);
        }
        catch (Exception fault)
        {
            // The timer asks again.
            Log.NotRung(_logger, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The work queue took no message; events go out with the next timer.")]
        public static partial void NotRung(ILogger logger, Exception fault);
    }
}
