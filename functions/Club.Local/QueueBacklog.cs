using Club.Kernel;
using Functions.Local.Queue;
using Functions.Local.Topic;

namespace Club.Local;

/// <summary>The age of the oldest message, and how many were damaged, for probes.</summary>
internal sealed class QueueBacklog(DurableQueues queues, DurableTopic topic, TimeProvider time) : IBacklog
{
    public int Damaged => queues.File.Damaged + topic.Damaged;

    public double? OldestSeconds()
    {
        using var connection = queues.File.Open();
        return connection.Scalar("SELECT enqueued FROM message ORDER BY id LIMIT 1") is long ticks
            ? Math.Round((time.GetUtcNow().UtcDateTime - new DateTime(ticks, DateTimeKind.Utc)).TotalSeconds, 1)
            : null;
    }
}
