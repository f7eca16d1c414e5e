using System.Diagnostics.Metrics;
using Club.Kernel;

namespace Club.Outgoing;

/// <summary>What is counted of events that go out.</summary>
internal static class OutgoingTelemetry
{
    private static readonly Counter<long> Events = Telemetry.Meter.CreateCounter<long>("club.events",
        description: "Deliveries of events, by result: taken, failed, dead.");
    private static readonly Counter<long> Disabled = Telemetry.Meter.CreateCounter<long>("club.subscriptions.disabled",
        description: "Subscriptions that were disabled because their receiver is gone or takes nothing.");

    public static void Count(string result, int count) => Events.Add(count, new KeyValuePair<string, object?>("result", result));

    public static void CountDisabled(DisabledWhy why) => Disabled.Add(1, new KeyValuePair<string, object?>("why", $"{why}"));
}
