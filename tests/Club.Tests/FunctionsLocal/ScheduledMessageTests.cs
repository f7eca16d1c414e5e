using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using Functions.Local.Hosting;
using Functions.Local.Queue;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Club.Tests.FunctionsLocal;

/// <summary>Messages that a sender wants handed out later, by the club's clock.</summary>
public sealed class ScheduledMessageTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));

    private readonly Probe _probe = new();
    private readonly FakeTimeProvider _clock = new(Start);

    [Fact]
    public async Task A_scheduled_message_is_handed_out_when_the_clubs_clock_has_come_to_it()
    {
        await using var host = await TestHost.Start(_probe, [typeof(SingleProbe)], time: _clock);
        await Send(host, At("later", Start.AddHours(2)), At("sooner", Start.AddHours(1)), At("passed", Start.AddHours(-1)),
            new ServiceBusMessage("now"));
        await Eventually.True(() => Bodies() is ["now", "passed"], "what is not scheduled for later is delivered");
        Assert.Equal((0, 2, Start.AddHours(1).UtcDateTime), Overview(host) is var before
            ? (before.Active, before.Scheduled, before.NextScheduledAt) : default);

        _clock.Advance(TimeSpan.FromHours(1));
        await Eventually.True(() => Bodies() is ["now", "passed", "sooner"], "the first one is delivered");
        _clock.Advance(TimeSpan.FromMinutes(59));
        await Task.Delay(700);
        Assert.Equal(3, _probe.Deliveries.Count);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.True(() => _probe.TimesSeen("later") == 1, "the second one is delivered");
        Assert.Equal((0L, null), Overview(host) is var after ? (after.Scheduled, after.NextScheduledAt) : default);
    }

    [Fact]
    public async Task A_scheduled_message_keeps_its_id_and_survives_kill_and_restart()
    {
        using var directory = new TempDirectory();
        await using var killed = await TestHost.Start(_probe, [typeof(SingleProbe)], directory, _clock);
        var message = At("body", Start.AddDays(1));
        message.MessageId = "WO-1";
        await Send(killed, message);
        using var left = directory.CopyAsIfKilled();

        _clock.Advance(TimeSpan.FromDays(2));
        var after = new Probe();
        await using (var next = await TestHost.Start(after, [typeof(SingleProbe)], left, _clock))
        {
            await Eventually.True(() => after.Deliveries.Count == 1 && next.Queue("transactions").Active == 0,
                "it is delivered by the next host");
            Assert.Equal(("body", "WO-1", 1), after.Deliveries.Single() is var seen ? (seen.Bodies[0], seen.MessageIds[0], seen.Counts[0])
                : default);
        }

        await using var third = await TestHost.Start(after, [typeof(SingleProbe)], left, _clock);
        await Task.Delay(700);
        Assert.Single(after.Deliveries);
    }

    [Fact]
    public async Task More_than_is_handed_over_at_once_all_comes_in_order_of_time()
    {
        await using var host = await TestHost.Start(_probe, [typeof(BatchProbe)], time: _clock,
            pacing: TestHost.Hasty with { ConcurrentBatches = 1 });
        var due = Enumerable.Range(0, 1200)
            .Select(i => new NewMessage($"{i:D4}") { ScheduledUtc = Start.UtcDateTime.AddMinutes(1).AddSeconds(i) }).ToArray();
        await host.Queue("transactions").Append([.. due.Reverse()]);
        _clock.Advance(TimeSpan.FromHours(1));
        await Eventually.True(() => _probe.Deliveries.Sum(d => d.Bodies.Count) == 1200, "all are delivered");
        Assert.Equal(due.Select(m => m.Body), _probe.Deliveries.SelectMany(d => d.Bodies));
    }

    [Fact]
    public async Task The_queues_call_tells_what_is_scheduled()
    {
        await using var host = await TestHost.Start(_probe, [], time: _clock);
        await Send(host, At("later", Start.AddHours(2)));
        host.Http.DefaultRequestHeaders.Add("x-functions-key", DevelopmentKeys.Functions);
        var queue = (await host.Http.GetFromJsonAsync<JsonNode>("/admin/queues"))!["queues"]!.AsArray()
            .Single(q => (string)q!["queue"]! == "transactions")!;
        Assert.Equal((1, "2026-03-02T04:00:00Z"), ((int)queue["scheduled"]!, (string)queue["nextScheduledAt"]!));
        Assert.DoesNotContain("later", queue.ToJsonString(), StringComparison.Ordinal);
    }

    private static QueueOverview Overview(TestHost host) => host.Overview().Single(q => q.Queue == "transactions");

    private static ServiceBusMessage At(string body, DateTimeOffset time) => new(body) { ScheduledEnqueueTime = time };

    private string[] Bodies() => [.. _probe.Deliveries.Select(d => d.Bodies[0]).Order(StringComparer.Ordinal)];

    /// <summary>As one batch, so that each message of it has a time of its own.</summary>
    private static async Task Send(TestHost host, params ServiceBusMessage[] messages)
    {
        await using var client = new ServiceBusClient(
            $"Endpoint=sb://localhost:{host.Host.AmqpPort};SharedAccessKeyName={DevelopmentKeys.QueueKeyName};SharedAccessKey={DevelopmentKeys.QueueKey};UseDevelopmentEmulator=true;");
        await using var sender = client.CreateSender("transactions");
        await sender.SendMessagesAsync(messages);
    }
}
