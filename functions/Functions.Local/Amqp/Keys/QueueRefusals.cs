using System.Net;
using Functions.Local.Hosting;

namespace Functions.Local.Amqp;

/// <summary>How far a client had come when it was refused.</summary>
internal enum QueueStage
{
    /// <summary>It had said nothing that is AMQP.</summary>
    BeforeSasl,

    /// <summary>In the SASL handshake, with a key in the clear or without one.</summary>
    Sasl,

    /// <summary>After the handshake, before it showed a valid token.</summary>
    Token,

    /// <summary>With a valid key, for something that the key does not permit or the host does not do.</summary>
    AfterSasl,
}

/// <summary>
/// Counts whom the queue refused, by stage, and logs it: the first of a stage at once, then at most one line in ten seconds that says how
/// many more there were. An attack leaves a trace and does not fill the disk. Nothing that a client wrote goes into the log but the name of
/// a key that is set.
/// </summary>
internal sealed partial class QueueRefusals(ILogger log)
{
    private static readonly long Pause = (long)TimeSpan.FromSeconds(10).TotalMilliseconds;
    private static readonly System.Diagnostics.Metrics.Counter<long> Refused =
        HostMetrics.Meter.CreateCounter<long>("host.queue.refused", description: "Queue clients and links refused, by stage.");

    private readonly Lock _gate = new();
    private readonly Dictionary<QueueStage, (long Told, long Untold, long Total)> _stages = [];

    public void Count(QueueStage stage, IPAddress? address, string why)
    {
        Refused.Add(1, new KeyValuePair<string, object?>("stage", stage.ToString()));
        long more;
        lock (_gate)
        {
            var now = Environment.TickCount64;
            var known = _stages.TryGetValue(stage, out var last);
            if (known && now - last.Told < Pause)
            {
                _stages[stage] = last with { Untold = last.Untold + 1, Total = last.Total + 1 };
                return;
            }

            more = last.Untold;
            _stages[stage] = (now, 0, last.Total + 1);
        }

        var stageName = stage switch
        {
            QueueStage.BeforeSasl => "before SASL", QueueStage.Sasl =>
                "during SASL", QueueStage.Token => "after SASL, without a valid token", _ => "with a valid key",
        };
        if (more > 0) Log.More(log, stageName, address, why, more);
        else Log.Refused(log, stageName, address, why);
    }

    /// <summary>How many were refused at this stage since the host started.</summary>
    public long Total(QueueStage stage)
    {
        lock (_gate) return _stages.GetValueOrDefault(stage).Total;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A queue client was refused {Stage}, from {Address}: {Why}")]
        public static partial void Refused(ILogger logger, string stage, IPAddress? address, string why);

        [LoggerMessage(2, LogLevel.Warning,
            "A queue client was refused {Stage}, from {Address}: {Why}; {More} more since it was last said")]
        public static partial void More(ILogger logger, string stage, IPAddress? address, string why, long more);
    }
}
