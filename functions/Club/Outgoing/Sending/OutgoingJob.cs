using System.Collections.Concurrent;
using Club.Kernel;
using Club.Store;
using Microsoft.Extensions.Logging;

namespace Club.Outgoing;

/// <summary>Delivers for all subscriptions and the topic, side by side: one that is slow or broken keeps no other waiting.</summary>
public sealed partial class OutgoingJob(SubscriptionBook subscriptions, Deliverer deliverer, TopicTeller topic, OutgoingWake wake,
    ClubCalendar calendar, ILogger<OutgoingJob> logger) : IJob
{
    public const string Word = "events";

    private const int AtOnce = 16;

    /// <summary>When a subscription is looked after whose delivery met a fault of the club's own.</summary>
    private static readonly TimeSpan AfterFault = TimeSpan.FromMinutes(1);

    public string Name => Word;

    public async Task<bool> Run(CancellationToken cancellation)
    {
        var enabled = await subscriptions.Enabled(cancellation);
        if (enabled.Count == 0 && !topic.IsThere)
        {
            wake.Want(false);
            return true;
        }
        var times = new ConcurrentQueue<DateTimeOffset>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(((IEnumerable<string?>)enabled).Prepend(null), parallel, async (id, token) =>
        {
            if (await Try(id, token) is { } next) times.Enqueue(next);
        });
        if (times.IsEmpty) return true;
        if (times.Min() is var first && first <= calendar.Now) return false;
        wake.At(first);
        return true;
    }

    /// <param name="id">Null: the topic.</param>
    private async Task<DateTimeOffset?> Try(string? id, CancellationToken cancellation)
    {
        try
        {
            return id is null ? await topic.Run(cancellation) : await deliverer.Run(id, cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            Log.Failed(logger, fault, id ?? "(topic)");
            return calendar.Now + AfterFault;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Events for subscription {Subscription} could not be delivered; it is tried again.")]
        public static partial void Failed(ILogger logger, Exception fault, string subscription);
    }
}
