using System.Diagnostics.Metrics;
using Club.Kernel;
using Functions.Local.Hosting;
using Functions.Local.Queue;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Club.Local;

/// <summary>Traces and metrics by OTLP, where OpenTelemetry's own setting names a collector; without it nothing is gathered.</summary>
internal static class LocalTelemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void Add(IServiceCollection services, IConfiguration settings)
    {
        if (string.IsNullOrEmpty(settings[Endpoint])) return;
        services.AddOpenTelemetry()
            .WithTracing(traces => traces.AddSource(Telemetry.Name).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name).AddMeter(HostMetrics.Name).AddOtlpExporter());
    }

    /// <summary>The age of the oldest message of each queue, in seconds, read when a collector asks.</summary>
    public static void Observe(IServiceProvider services)
    {
        if (string.IsNullOrEmpty(services.GetRequiredService<IConfiguration>()[Endpoint])) return;
        var queues = services.GetRequiredService<DurableQueues>();
        var time = services.GetRequiredService<TimeProvider>();
        Telemetry.Meter.CreateObservableGauge("club.queue.age", () => QueueOverviews.Read(queues, time.GetUtcNow().UtcDateTime)
            .Select(queue => new Measurement<double>(queue.OldestSeconds ?? 0, new KeyValuePair<string, object?>("queue", queue.Queue))),
                "s", "Age of the oldest message.");
    }
}
