namespace Functions.Local.Queue;

/// <summary>
/// Hands over what senders scheduled once the club's clock has come to it. It looks twice a second while something waits: the clock may be
/// shifted, set or stand still, so no timer can be trusted to it.
/// </summary>
internal sealed partial class QueueSchedule(QueueFile file, TimeProvider time, ILogger log) : IDisposable
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopping = new();
    private Dictionary<long, DurableQueue> _queues = [];
    private Task _loop = Task.CompletedTask;
    private long _next = long.MaxValue;
    private bool _disposed;

    public void Start(IEnumerable<DurableQueue> queues)
    {
        _queues = queues.ToDictionary(queue => queue.Code);
        ReadNext();
        _loop = Task.Run(Loop);
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _stopping.Cancel();
        _loop.GetAwaiter().GetResult();
        _stopping.Dispose();
    }

    /// <summary>Something was kept for this moment.</summary>
    public void Expect(DateTime dueUtc)
    {
        for (var next = Volatile.Read(ref _next); dueUtc.Ticks < next;)
        {
            var seen = Interlocked.CompareExchange(ref _next, dueUtc.Ticks, next);
            if (seen == next) return;
            next = seen;
        }
    }

    private async Task Loop()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (time.GetUtcNow().UtcDateTime is var now && now.Ticks >= Volatile.Read(ref _next) && await Release(now) == AtOnce)
                    continue;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (_stopping.IsCancellationRequested) return;
                Log.NotReleased(log, e);
            }

            await Task.Delay(Look, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> Release(DateTime nowUtc)
    {
        var count = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // Forgotten before it is read again: what is scheduled meanwhile says so itself.
        Volatile.Write(ref _next, long.MaxValue);
        file.Enqueue(new ReleaseScheduled(nowUtc, AtOnce, released =>
        {
            count = released.Count;
            foreach (var (damaged, message) in released.Where(r => !r.Scheduled.IsWhole))
                file.TellDamage(_queues.GetValueOrDefault(damaged.Queue)?.Name, message.MessageId);
            foreach (var queue in released.Where(r => r.Scheduled.IsWhole).GroupBy(r => r.Scheduled.Queue))
                if (_queues.TryGetValue(queue.Key, out var known)) known.Appended([.. queue.Select(r => r.Message)]);
        }, () => done.TrySetResult()));
        await done.Task;
        ReadNext();
        return count;
    }

    private void ReadNext()
    {
        using var connection = file.Open();
        if (connection.Scalar("SELECT MIN(due) FROM scheduled") is long due) Expect(new DateTime(due, DateTimeKind.Utc));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Scheduled messages could not be handed over; trying again")]
        public static partial void NotReleased(ILogger logger, Exception exception);
    }
}
