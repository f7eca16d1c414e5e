using Azure.Messaging.ServiceBus;
using Functions.Local.Topic;
using Xunit;

namespace Club.Tests.FunctionsLocal;

/// <summary>Microsoft's own .NET client receives from a subscription of the local topic, unchanged.</summary>
public sealed class ReceiveTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Briefly = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task A_message_arrives_as_it_was_told_and_is_gone_once_it_is_completed()
    {
        await using var host = await TopicHost.Start();
        await host.Tell(1);
        await using var receiver = host.Client.CreateReceiver("events", "crm");
        var message = await receiver.ReceiveMessageAsync(Soon);
        Assert.Equal("M-0/0", message.MessageId);
        Assert.Equal("M-0", message.SessionId);
        Assert.Equal("club.points.accrued", message.Subject);
        Assert.Equal("application/cloudevents+json", message.ContentType);
        Assert.Contains("积分", message.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, message.DeliveryCount);
        Assert.InRange(message.LockedUntil, DateTimeOffset.UtcNow.AddSeconds(40), DateTimeOffset.UtcNow.AddSeconds(61));
        Assert.InRange(message.EnqueuedTime, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Equal(1, host.Overview().Locked);
        await receiver.CompleteMessageAsync(message);
        Assert.Equal((0, 0), (host.Overview().Active, host.Overview().Locked));
        Assert.Null(await receiver.ReceiveMessageAsync(Briefly));
        Assert.Equal(1, host.Overview("dwh").Active);
    }

    [Fact]
    public async Task Ten_thousand_arrive_in_their_order_each_once()
    {
        await using var host = await TopicHost.Start();
        var telling = host.Tell(10_000, members: 100);
        await using var receiver = host.Client.CreateReceiver("events", "crm", new() { PrefetchCount = 500 });
        var got = new List<ServiceBusReceivedMessage>();
        while (got.Count < 10_000)
        {
            var some = await TopicHost.Take(receiver, 500);
            Assert.NotEmpty(some);
            got.AddRange(some);
            await Task.WhenAll(some.Select(message => receiver.CompleteMessageAsync(message)));
        }

        await telling;
        Assert.Equal(10_000, got.Select(message => message.MessageId).Distinct().Count());
        foreach (var member in got.GroupBy(message => message.SessionId))
            Assert.Equal(Enumerable.Range(0, 100), member.Select(TopicHost.Number));
        Assert.Equal(0, host.Overview().Active);
    }

    [Fact]
    public async Task Two_receivers_never_have_the_same_message()
    {
        await using var host = await TopicHost.Start();
        await host.Tell(200);
        await using var one = host.Client.CreateReceiver("events", "crm");
        await using var client = host.Other();
        await using var other = client.CreateReceiver("events", "crm");
        var got = new List<string>();
        for (var round = 0; round < 20 && got.Count < 200; round++)
        {
            foreach (var some in await Task.WhenAll(one.ReceiveMessagesAsync(15, Briefly), other.ReceiveMessagesAsync(15, Briefly)))
                got.AddRange(some.Select(message => message.MessageId));
        }

        Assert.Equal(200, got.Count);
        Assert.Equal(200, got.Distinct().Count());
        Assert.Equal(200, host.Overview().Locked);
    }

    [Fact]
    public async Task What_is_abandoned_comes_again_first_and_is_counted()
    {
        await using var host = await TopicHost.Start();
        await host.Tell(3);
        await using var receiver = host.Client.CreateReceiver("events", "crm");
        var first = await receiver.ReceiveMessageAsync(Soon);
        await receiver.AbandonMessageAsync(first);
        var again = await TopicHost.Take(receiver, 3);
        Assert.Equal([0, 1, 2], again.Select(TopicHost.Number));
        Assert.Equal([2, 1, 1], again.Select(message => message.DeliveryCount));
    }

    [Fact]
    public async Task What_is_dead_lettered_can_be_read_with_its_reason_and_taken_out()
    {
        await using var host = await TopicHost.Start();
        await host.Tell(2);
        await using var receiver = host.Client.CreateReceiver("events", "crm");
        await receiver.DeadLetterMessageAsync(await receiver.ReceiveMessageAsync(Soon), "unreadable", "no such\nmember");
        Assert.Equal((1, 1), (host.Overview().Active, host.Overview().DeadLettered));
        await using var dead = host.Client.CreateReceiver("events", "crm", new() { SubQueue = SubQueue.DeadLetter });
        var letter = await dead.ReceiveMessageAsync(Soon);
        Assert.Equal("M-0/0", letter.MessageId);
        Assert.Equal("unreadable", letter.DeadLetterReason);
        Assert.Equal("no such\nmember", letter.DeadLetterErrorDescription);
        await dead.AbandonMessageAsync(letter);
        letter = await dead.ReceiveMessageAsync(Soon);
        await dead.CompleteMessageAsync(letter);
        Assert.Equal((1, 0), (host.Overview().Active, host.Overview().DeadLettered));
    }

    [Fact]
    public async Task What_fails_too_often_is_dead_lettered()
    {
        await using var host = await TopicHost.Start(new TopicPacing { MaxDeliveries = 3 });
        await host.Tell(1);
        await using var receiver = host.Client.CreateReceiver("events", "crm");
        for (var i = 1; i <= 3; i++)
        {
            var message = await receiver.ReceiveMessageAsync(Soon);
            Assert.Equal(i, message.DeliveryCount);
            await receiver.AbandonMessageAsync(message);
        }

        await Eventually.True(() => host.Overview().DeadLettered == 1, "it is dead-lettered");
        await using var dead = host.Client.CreateReceiver("events", "crm", new() { SubQueue = SubQueue.DeadLetter });
        Assert.Equal("MaxDeliveryCountExceeded", (await dead.ReceiveMessageAsync(Soon)).DeadLetterReason);
    }

    [Fact]
    public async Task A_lock_that_runs_out_lets_others_have_the_message_and_who_had_it_is_told()
    {
        await using var host = await TopicHost.Start(new TopicPacing { LockFor = TimeSpan.FromSeconds(1) });
        await host.Tell(1);
        await using var slow = host.Client.CreateReceiver("events", "crm");
        var late = await slow.ReceiveMessageAsync(Soon);
        await using var client = host.Other();
        await using var quick = client.CreateReceiver("events", "crm");
        var message = await quick.ReceiveMessageAsync(Soon);
        Assert.Equal(2, message.DeliveryCount);
        var lost = await Assert.ThrowsAsync<ServiceBusException>(() => slow.CompleteMessageAsync(late));
        Assert.Equal(ServiceBusFailureReason.MessageLockLost, lost.Reason);
        await quick.CompleteMessageAsync(message);
        Assert.Equal(0, host.Overview().Active);
    }

    [Fact]
    public async Task A_lock_that_is_renewed_holds()
    {
        await using var host = await TopicHost.Start(new TopicPacing { LockFor = TimeSpan.FromSeconds(2) });
        await host.Tell(1);
        await using var receiver = host.Client.CreateReceiver("events", "crm");
        var message = await receiver.ReceiveMessageAsync(Soon);
        var until = message.LockedUntil;
        for (var i = 0; i < 3; i++)
        {
            await Task.Delay(1000, TestContext.Current.CancellationToken);
            await receiver.RenewMessageLockAsync(message);
        }

        Assert.True(message.LockedUntil > until.AddSeconds(1));
        await receiver.CompleteMessageAsync(message);
        var lost = await Assert.ThrowsAsync<ServiceBusException>(() => receiver.RenewMessageLockAsync(message));
        Assert.Equal(ServiceBusFailureReason.MessageLockLost, lost.Reason);
    }

    [Fact]
    public async Task A_receiver_waits_for_what_is_told_later()
    {
        await using var host = await TopicHost.Start();
        await using var receiver = host.Client.CreateReceiver("events", "crm");
        Assert.Null(await receiver.ReceiveMessageAsync(Briefly));
        var waiting = receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(10));
        await Task.Delay(200, TestContext.Current.CancellationToken);
        await host.Tell(1);
        Assert.Equal("M-0/0", (await waiting).MessageId);
    }

    [Fact]
    public async Task A_processor_works_off_what_is_there()
    {
        await using var host = await TopicHost.Start();
        await using var processor = host.Client.CreateProcessor("events", "crm",
            new() { MaxConcurrentCalls = 8, PrefetchCount = 20, AutoCompleteMessages = true });
        var got = new System.Collections.Concurrent.ConcurrentBag<string>();
        processor.ProcessMessageAsync += args =>
        {
            got.Add(args.Message.MessageId);
            return Task.CompletedTask;
        };
        processor.ProcessErrorAsync += args => Task.CompletedTask;
        await processor.StartProcessingAsync(TestContext.Current.CancellationToken);
        await host.Tell(300);
        await Eventually.True(() => host.Overview().Active == 0, "all are completed");
        await processor.StopProcessingAsync(TestContext.Current.CancellationToken);
        Assert.Equal(300, got.Distinct().Count());
        Assert.Equal(300, got.Count);
    }

    [Fact]
    public async Task Received_and_deleted_is_gone_at_once()
    {
        await using var host = await TopicHost.Start();
        await host.Tell(5);
        await using var receiver = host.Client.CreateReceiver("events", "crm",
            new() { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });
        Assert.Equal([0, 1, 2], (await TopicHost.Take(receiver, 3)).Select(TopicHost.Number));
        await Eventually.True(() => host.Overview().Active == 2, "three are gone");
    }

    [Fact]
    public async Task Messages_can_be_looked_at_without_taking_them()
    {
        await using var host = await TopicHost.Start();
        await host.Tell(10, members: 2);
        await using var receiver = host.Client.CreateReceiver("events", "crm");
        Assert.Equal(4, (await receiver.PeekMessagesAsync(4)).Count);
        Assert.Equal(6, (await receiver.PeekMessagesAsync(10)).Count);
        Assert.Empty(await receiver.PeekMessagesAsync(10));
        Assert.Equal((10, 0), (host.Overview().Active, host.Overview().Locked));
    }

    [Fact]
    public async Task What_is_not_offered_is_refused_for_good()
    {
        await using var host = await TopicHost.Start();
        await host.Tell(1);
        await using var receiver = host.Client.CreateReceiver("events", "crm");
        var message = await receiver.ReceiveMessageAsync(Soon);
        await Assert.ThrowsAnyAsync<NotSupportedException>(() => receiver.DeferMessageAsync(message));
        await Assert.ThrowsAnyAsync<NotSupportedException>(() => receiver.ReceiveDeferredMessageAsync(1));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => host.Client.AcceptNextSessionAsync("events", "crm"));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => host.Client.CreateReceiver("events", "dwh").ReceiveMessageAsync(Soon));
        var unknown = await Assert.ThrowsAsync<ServiceBusException>(() =>
            host.Client.CreateReceiver("events", "none").ReceiveMessageAsync(Soon));
        Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, unknown.Reason);
    }

    [Theory]
    [InlineData("crm", "wrong")]
    [InlineData("nobody", "secret")]
    [InlineData("dms", "sends")]
    public async Task A_wrong_key_or_one_that_may_only_send_receives_nothing(string name, string key)
    {
        await using var host = await TopicHost.Start();
        await host.Tell(1);
        await using var client = host.Other(name, key);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => client.CreateReceiver("events", "crm").ReceiveMessageAsync(Soon));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => client.CreateReceiver("events", "crm").PeekMessageAsync());
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => client.AcceptNextSessionAsync("events", "dwh"));
        Assert.Equal(0, host.Overview().Locked);
    }

    [Fact]
    public async Task Nobody_sends_to_the_topic_but_the_club()
    {
        await using var host = await TopicHost.Start();
        await using var client = host.Other("dms", "sends");
        foreach (var path in (string[])["events", "events/Subscriptions/crm"])
        {
            await Assert.ThrowsAnyAsync<Exception>(() => client.CreateSender(path).SendMessageAsync(new ServiceBusMessage("forged")));
        }

        Assert.Equal(0, host.Overview().Active);
    }
}
