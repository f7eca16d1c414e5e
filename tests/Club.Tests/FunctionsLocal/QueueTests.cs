using System.Globalization;
using Club.Kernel;
using Functions.Local.Queue;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Tests.FunctionsLocal;

public sealed class QueueTests
{
    private readonly Probe _probe = new();

    [Fact]
    public async Task A_message_reaches_its_function_with_what_is_known_of_it()
    {
        await using var host = await TestHost.Start(_probe, [typeof(SingleProbe)]);
        await host.Queue("transactions").Append([new NewMessage("body", "WO-1")]);
        await Eventually.True(() => host.Queue("transactions").Active == 0, "it is completed");
        var seen = Assert.Single(_probe.Deliveries);
        Assert.Equal(("body", "WO-1", 1), (seen.Bodies[0], seen.MessageIds[0], seen.Counts[0]));
    }

    [Fact]
    public async Task Many_messages_all_arrive_in_batches_and_once()
    {
        var bodies = Enumerable.Range(0, 12_000).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        var pacing = TestHost.Hasty with { BatchSize = 100, Held = 700 };
        await using var host = await TestHost.Start(_probe, [typeof(BatchProbe)], pacing: pacing);
        await Task.WhenAll(bodies.Chunk(50).Select(chunk => host.Send("transactions", chunk)));
        await Eventually.True(() => host.Queue("transactions").Active == 0, "all are completed");
        Assert.Equal(bodies.Order(StringComparer.Ordinal), _probe.Deliveries.SelectMany(d => d.Bodies).Order(StringComparer.Ordinal));
        Assert.All(_probe.Deliveries, d => Assert.InRange(d.Bodies.Count, 1, 100));
    }

    [Fact]
    public async Task A_failed_message_is_delivered_again_with_a_higher_count()
    {
        _probe.OnMessages = _ => _probe.Deliveries.Count < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        await using var host = await TestHost.Start(_probe, [typeof(SingleProbe)]);
        await host.Send("transactions", "body");
        await Eventually.True(() => host.Queue("transactions").Active == 0, "it is completed");
        Assert.Equal([1, 2, 3], _probe.Deliveries.Select(d => d.Counts[0]));
        Assert.Single(_probe.Deliveries.Select(d => d.MessageIds[0]).Distinct());
    }

    [Fact]
    public async Task After_ten_deliveries_a_message_is_dead_lettered_with_the_reason()
    {
        _probe.OnMessages = _ => throw new InvalidOperationException("it never works");
        await using var host = await TestHost.Start(_probe, [typeof(SingleProbe)]);
        await host.Queue("transactions").Append([new NewMessage("body", "WO-1")]);
        await Eventually.True(() => Dead(host).DeadLettered == 1, "it is dead-lettered");
        Assert.Equal(Enumerable.Range(1, 10), _probe.Deliveries.Select(d => d.Counts[0]));
        var dead = Assert.Single(Dead(host).LastDeadLetters);
        Assert.Equal(("WO-1", 10, "InvalidOperationException: it never works"), (dead.MessageId, dead.Deliveries, dead.Reason));
        Assert.Equal(0, Dead(host).Active);
    }

    [Fact]
    public async Task Dead_letters_survive_a_restart()
    {
        using var directory = new TempDirectory();
        _probe.OnMessages = _ => throw new InvalidOperationException("it never works");
        await using (var host = await TestHost.Start(_probe, [typeof(SingleProbe)], directory))
        {
            await host.Send("transactions", "body");
            await Eventually.True(() => Dead(host).DeadLettered == 1, "it is dead-lettered");
        }

        await using var next = await TestHost.Start(_probe, [typeof(SingleProbe)], directory);
        Assert.Equal((0, 1), (Dead(next).Active, Dead(next).DeadLettered));
    }

    [Fact]
    public async Task A_poisonous_message_takes_no_neighbour_with_it()
    {
        _probe.OnMessages = bodies => bodies.Contains("poison") ? throw new InvalidOperationException("poison") : Task.CompletedTask;
        using var directory = new TempDirectory();
        var bodies = Enumerable.Range(0, 50).Select(i => $"good {i}").Append("poison").ToArray();
        await using (var idle = await TestHost.Start(_probe, [], directory)) await idle.Send("transactions", bodies);

        await using var host = await TestHost.Start(_probe, [typeof(BatchProbe)], directory);
        await Eventually.True(() => Dead(host) is { Active: 0, DeadLettered: 1 }, "only the poison is dead-lettered");
        Assert.Equal(51, _probe.Deliveries.First().Bodies.Count);
        Assert.All(_probe.Deliveries.Skip(1), d => Assert.Single(d.Bodies));
        Assert.Equal(10, _probe.TimesSeen("poison"));
        Assert.All(bodies[..^1], body => Assert.Equal(2, _probe.TimesSeen(body)));
    }

    [Fact]
    public async Task A_queue_without_a_function_keeps_its_messages_for_the_next_start()
    {
        using var directory = new TempDirectory();
        await using (var host = await TestHost.Start(_probe, [], directory)) await host.Send("transactions", "a", "b");
        await using var next = await TestHost.Start(_probe, [typeof(SingleProbe)], directory);
        await Eventually.True(() => next.Queue("transactions").Active == 0, "they are completed");
        Assert.Equal(["a", "b"], _probe.Deliveries.Select(d => d.Bodies[0]).Order(StringComparer.Ordinal));
        Assert.All(_probe.Deliveries, d => Assert.Equal(1, d.Counts[0]));
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_host_is_killed()
    {
        using var directory = new TempDirectory();
        var held = new TaskCompletionSource();
        _probe.OnMessages = _ => held.Task;
        await using var killed = await TestHost.Start(_probe, [typeof(BatchProbe)], directory,
            pacing: TestHost.Hasty with { BatchSize = 10, ConcurrentBatches = 2 });
        var bodies = Enumerable.Range(0, 100).Select(i => $"m{i}").ToArray();
        await killed.Send("transactions", bodies);
        await Eventually.True(() => _probe.Deliveries.Count == 2, "two batches are running");

        using var left = directory.CopyAsIfKilled();
        var after = new Probe();
        await using var next = await TestHost.Start(after, [typeof(BatchProbe)], left);
        await Eventually.True(() => next.Queue("transactions").Active == 0, "all are completed");
        Assert.Equal(bodies.Order(StringComparer.Ordinal), after.Deliveries.SelectMany(d => d.Bodies).Order(StringComparer.Ordinal));
        held.SetResult();
    }

    [Fact]
    public async Task A_delivery_that_the_host_did_not_outlive_counts()
    {
        using var directory = new TempDirectory();
        var held = new TaskCompletionSource();
        _probe.OnMessages = _ => held.Task;
        await using var killed = await TestHost.Start(_probe, [typeof(SingleProbe)], directory);
        await killed.Send("transactions", "crashes the host");
        await Eventually.True(() => _probe.Deliveries.Count == 1, "it is running");
        await killed.Send("work", "the file's writer has passed the mark by now");

        using var left = directory.CopyAsIfKilled();
        var after = new Probe();
        await using var next = await TestHost.Start(after, [typeof(SingleProbe)], left);
        await Eventually.True(() => next.Queue("transactions").Active == 0, "it is completed");
        Assert.Equal(2, Assert.Single(after.Deliveries).Counts[0]);
        held.SetResult();
    }

    [Fact]
    public async Task What_may_have_ended_the_host_is_delivered_while_nothing_else_is()
    {
        const int Messages = 6, Ends = 3;
        var held = new TaskCompletionSource();
        var directory = new TempDirectory();
        for (var end = 0; end < Ends; end++)
        {
            var probe = new Probe { OnMessages = _ => held.Task };
            await using var killed = await TestHost.Start(probe, [typeof(SingleProbe)], directory);
            if (end == 0) await killed.Send("transactions", [.. Enumerable.Range(0, Messages).Select(i => $"m{i}")]);
            await Eventually.True(() => probe.Deliveries.Count == Messages, "all are running");
            await killed.Send("work", "the file's writer has passed the mark by now");
            var before = directory;
            directory = before.CopyAsIfKilled();
            held.TrySetResult();
            held = new TaskCompletionSource();
        }

        var (running, most) = (0, 0);
        var after = new Probe
        {
            OnMessages = async _ =>
            {
                var now = Interlocked.Increment(ref running);
                most = Math.Max(most, now);
                await Task.Delay(30);
                Interlocked.Decrement(ref running);
            },
        };
        using (directory)
        {
            await using var next = await TestHost.Start(after, [typeof(SingleProbe)], directory);
            await Eventually.True(() => next.Queue("transactions").Active == 0, "all are completed");
        }

        Assert.Equal((1, Messages), (most, after.Deliveries.Count));
        Assert.All(after.Deliveries, delivery => Assert.Equal(Ends + 1, delivery.Counts[0]));
    }

    [Fact]
    public async Task Stopping_lets_a_running_call_end()
    {
        using var directory = new TempDirectory();
        var running = new TaskCompletionSource();
        _probe.OnMessages = _ => running.Task;
        var host = await TestHost.Start(_probe, [typeof(SingleProbe)], directory);
        await host.Send("transactions", "body");
        await Eventually.True(() => _probe.Deliveries.Count == 1, "it is running");
        var stop = host.DisposeAsync();
        Assert.False(stop.IsCompleted);
        running.SetResult();
        await stop;

        await using var next = await TestHost.Start(_probe, [], directory);
        Assert.Equal(0, next.Queue("transactions").Active);
    }

    [Fact]
    public async Task The_club_leaves_itself_work()
    {
        await using var host = await TestHost.Start(_probe, [typeof(WorkProbe)]);
        await host.Host.Services.GetRequiredService<IWorkQueue>().Send(["sweep 1", "sweep 2"], TestContext.Current.CancellationToken);
        await Eventually.True(() => _probe.Deliveries.Count == 2, "the work is done");
    }

    [Fact]
    public async Task Work_for_a_host_that_has_stopped_is_refused()
    {
        var host = await TestHost.Start(_probe, [typeof(WorkProbe)]);
        var work = host.Host.Services.GetRequiredService<IWorkQueue>();
        await host.Host.Stop();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => work.Send(["late"], TestContext.Current.CancellationToken));
        await host.DisposeAsync();
    }

    private static QueueOverview Dead(TestHost host) => host.Overview().Single(q => q.Queue == "transactions");
}
