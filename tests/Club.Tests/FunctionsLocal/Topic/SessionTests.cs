using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Functions.Local.Topic;
using Xunit;

namespace Club.Tests.FunctionsLocal;

/// <summary>A subscription with sessions: a member's messages go to one receiver at a time, in their order.</summary>
public sealed class SessionTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Briefly = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task Several_workers_keep_the_order_of_each_member()
    {
        await using var host = await TopicHost.Start();
        var got = new ConcurrentDictionary<string, ConcurrentQueue<int>>();
        var (together, overlaps) = (new ConcurrentDictionary<string, bool>(), 0);
        await using var processor = host.Client.CreateSessionProcessor("events", "dwh",
            new() { MaxConcurrentSessions = 8, PrefetchCount = 10, SessionIdleTimeout = TimeSpan.FromMilliseconds(100) });
        processor.ProcessMessageAsync += async args =>
        {
            if (!together.TryAdd(args.SessionId, true)) Interlocked.Increment(ref overlaps);
            await Task.Yield();
            got.GetOrAdd(args.SessionId, _ => new()).Enqueue(TopicHost.Number(args.Message));
            together.TryRemove(args.SessionId, out _);
        };
        processor.ProcessErrorAsync += args => Task.CompletedTask;
        await processor.StartProcessingAsync(TestContext.Current.CancellationToken);
        await host.Tell(1_000, members: 40);
        await Eventually.True(() => host.Overview("dwh").Active == 0, "all are completed");
        await processor.StopProcessingAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, overlaps);
        Assert.Equal(40, got.Count);
        Assert.All(got.Values, numbers => Assert.Equal(Enumerable.Range(0, 25), numbers));
    }

    [Fact]
    public async Task A_session_belongs_to_one_receiver_until_it_closes_it()
    {
        await using var host = await TopicHost.Start();
        await host.Tell(4, members: 2);
        await using var other = host.Other();
        var receiver = await host.Client.AcceptSessionAsync("events", "dwh", "M-0");
        var first = await receiver.ReceiveMessageAsync(Soon);
        Assert.Equal("M-0/0", first.MessageId);
        var refused = await Assert.ThrowsAsync<ServiceBusException>(() => other.AcceptSessionAsync("events", "dwh", "M-0"));
        Assert.Equal(ServiceBusFailureReason.SessionCannotBeLocked, refused.Reason);
        await using (var next = await other.AcceptNextSessionAsync("events", "dwh"))
            Assert.Equal("M-1", next.SessionId);
        await receiver.CloseAsync();
        await using var later = await other.AcceptSessionAsync("events", "dwh", "M-0");
        var again = await TopicHost.Take(later, 2);
        Assert.Equal([0, 1], again.Select(TopicHost.Number));
        Assert.Equal([2, 1], again.Select(message => message.DeliveryCount));
    }

    [Fact]
    public async Task A_session_is_given_as_soon_as_there_is_one_and_not_before()
    {
        await using var host = await TopicHost.Start();
        await using var quick = new ServiceBusClient(
            $"Endpoint=sb://localhost:{host.Port};SharedAccessKeyName=crm;SharedAccessKey=secret;UseDevelopmentEmulator=true;",
            new ServiceBusClientOptions { RetryOptions = new() { MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(1) } });
        var none = await Assert.ThrowsAsync<ServiceBusException>(() => quick.AcceptNextSessionAsync("events", "dwh"));
        Assert.Equal(ServiceBusFailureReason.ServiceTimeout, none.Reason);
        var waiting = host.Client.AcceptNextSessionAsync("events", "dwh");
        await Task.Delay(200, TestContext.Current.CancellationToken);
        await host.Tell(1);
        await using var receiver = await waiting.WaitAsync(Soon, TestContext.Current.CancellationToken);
        Assert.Equal("M-0/0", (await receiver.ReceiveMessageAsync(Soon)).MessageId);
    }

    [Fact]
    public async Task Whoever_stops_waiting_for_a_session_disturbs_nobody_on_its_connection()
    {
        await using var host = await TopicHost.Start();
        await host.Tell(1);
        await using var session = await host.Client.AcceptNextSessionAsync("events", "dwh");
        var message = await session.ReceiveMessageAsync(Soon);
        for (var i = 0; i < 3; i++)
        {
            using var time = new CancellationTokenSource(300);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                host.Client.AcceptNextSessionAsync("events", "dwh", cancellationToken: time.Token));
        }

        await Task.Delay(500, TestContext.Current.CancellationToken);
        await session.CompleteMessageAsync(message);
        await host.Topic.Send([TopicHost.Message(7, "M-9")]);
        await using var next = await host.Client.AcceptNextSessionAsync("events", "dwh")
            .WaitAsync(Soon, TestContext.Current.CancellationToken);
        Assert.Equal("M-9", next.SessionId);
        Assert.False(session.IsClosed);
    }

    [Fact]
    public async Task A_session_whose_lock_runs_out_goes_to_another()
    {
        await using var host = await TopicHost.Start(new TopicPacing { LockFor = TimeSpan.FromSeconds(1) });
        await host.Tell(2);
        var slow = await host.Client.AcceptNextSessionAsync("events", "dwh");
        var late = await slow.ReceiveMessageAsync(Soon);
        await using var client = host.Other();
        await using var quick = await client.AcceptNextSessionAsync("events", "dwh");
        Assert.Equal([0, 1], (await TopicHost.Take(quick, 2)).Select(TopicHost.Number));
        // Its link has ended, so the client says that it is closed.
        await Assert.ThrowsAnyAsync<Exception>(() => slow.CompleteMessageAsync(late));
        Assert.Equal(2, host.Overview("dwh").Active);
    }

    [Fact]
    public async Task A_session_whose_lock_is_renewed_stays()
    {
        await using var host = await TopicHost.Start(new TopicPacing { LockFor = TimeSpan.FromSeconds(2) });
        await host.Tell(1);
        await using var receiver = await host.Client.AcceptNextSessionAsync("events", "dwh");
        var message = await receiver.ReceiveMessageAsync(Soon);
        var until = receiver.SessionLockedUntil;
        for (var i = 0; i < 3; i++)
        {
            await Task.Delay(1000, TestContext.Current.CancellationToken);
            await receiver.RenewSessionLockAsync();
        }

        Assert.True(receiver.SessionLockedUntil > until.AddSeconds(1));
        await receiver.CompleteMessageAsync(message);
        Assert.Equal(0, host.Overview("dwh").Active);
    }

    [Fact]
    public async Task What_is_abandoned_or_dead_lettered_in_a_session_is_as_without()
    {
        await using var host = await TopicHost.Start();
        await host.Tell(3);
        await using var receiver = await host.Client.AcceptNextSessionAsync("events", "dwh");
        await receiver.AbandonMessageAsync(await receiver.ReceiveMessageAsync(Soon));
        var again = await receiver.ReceiveMessageAsync(Soon);
        Assert.Equal((0, 2), (TopicHost.Number(again), again.DeliveryCount));
        await receiver.DeadLetterMessageAsync(again, "no");
        Assert.Equal(1, TopicHost.Number(await receiver.ReceiveMessageAsync(Soon)));
        await using var dead = host.Client.CreateReceiver("events", "dwh", new() { SubQueue = SubQueue.DeadLetter });
        Assert.Equal(0, TopicHost.Number(await dead.ReceiveMessageAsync(Soon)));
        Assert.Null(await dead.ReceiveMessageAsync(Briefly));
    }
}
