using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using Club.Outgoing;
using Xunit;

namespace Club.Tests.Outgoing;

/// <summary>Club.Local as a process of its own with a topic, killed while Microsoft's client receives from it.</summary>
public sealed class KilledTopicTests
{
    private const int Members = 20;
    private const int Bills = 600;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<(string Id, int Sequence)>> _got = new();

    [Fact]
    public async Task A_host_killed_while_it_tells_the_topic_loses_nothing_and_keeps_each_members_order()
    {
        var directory = Directory.CreateTempSubdirectory("club-topic").FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "local.settings.json"),
            """{"Values":{"Events__Topic":"events","Events__TopicSubscriptions__0":"dwh:sessions"}}""");
        var stream = Path.Combine(directory, "stream.jsonl");
        await File.WriteAllLinesAsync(stream,
            Enumerable.Range(0, Bills).Select(i => Events.Bill($"K{i}", Phone(i % Members), lines: [Events.Line("1", "parts", 100 + i)])));

        await using (var host = await LocalProcess.Start(directory))
        {
            using var staff = new StaffClient(host.Http);
            for (var i = 0; i < Members; i++) await staff.Register(new { phone = Phone(i) });
            await using var client = new ServiceBusClient(host.Connection);
            var processor = await Receive(client);
            var sending = host.Command("send", stream, "--connection", host.Connection);
            await Eventually.True(() => Distinct() > 100, "a hundred are received");
            await host.Kill();
            await sending;
            await processor.StopProcessingAsync(new CancellationToken(true)).ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        Assert.InRange(Distinct(), 100, Bills - 1);
        await using (var host = await LocalProcess.Start(directory))
        {
            var (exitCode, output) = await host.Command("send", stream, "--connection", host.Connection);
            Assert.True(exitCode == 0, output);
            await using var client = new ServiceBusClient(host.Connection);
            await using var processor = await Receive(client);
            for (var seconds = 0; seconds < 90 && Distinct() < Bills; seconds++) await Task.Delay(1000);
            await processor.StopProcessingAsync();
        }

        var (verified, differences) = await Verify(directory);
        Directory.Delete(directory, recursive: true);
        Assert.True(verified == 0, differences);
        Assert.Equal(Bills, Distinct());
        Assert.Equal(Members, _got.Count);
        Assert.All(_got.Values, member =>
            Assert.Equal(Enumerable.Range(1, Bills / Members), member.DistinctBy(one => one.Id).Select(one => one.Sequence)));
    }

    private async Task<ServiceBusSessionProcessor> Receive(ServiceBusClient client)
    {
        var processor = client.CreateSessionProcessor("events", "dwh",
            new() { MaxConcurrentSessions = 8, PrefetchCount = 5, SessionIdleTimeout = TimeSpan.FromMilliseconds(200) });
        processor.ProcessMessageAsync += args =>
        {
            if (args.Message.Subject != EventTypes.Accrued) return Task.CompletedTask;
            var told = JsonNode.Parse(args.Message.Body)!;
            _got.GetOrAdd(args.SessionId, _ => new()).Enqueue((args.Message.MessageId, (int)told["data"]!["sequence"]!));
            return Task.CompletedTask;
        };
        processor.ProcessErrorAsync += args => Task.CompletedTask;
        await processor.StartProcessingAsync();
        return processor;
    }

    private static async Task<(int ExitCode, string Output)> Verify(string directory)
    {
        var (exitCode, output, error) = await LocalProcess.Ran(directory, "verify");
        return (exitCode, output + error);
    }

    private int Distinct() => _got.Values.Sum(member => member.Select(one => one.Id).Distinct().Count());

    private static string Phone(int member) => string.Create(CultureInfo.InvariantCulture, $"1380013{member:D4}");
}
