using Azure.Messaging.ServiceBus;
using Club.Azure;
using Club.Kernel;
using Functions.Local.Queue;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Tests.Azure;

/// <summary>Dead letters of Service Bus, with Microsoft's client against a namespace on this machine.</summary>
public sealed class ServiceBusDeadLetterTests : IAsyncLifetime
{
    private readonly Probe _probe = new();
    private TestHost _host = null!;
    private BusNamespace _bus = null!;
    private ServiceBusClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _probe.OnMessages = _ => throw new InvalidOperationException("it never works");
        _host = await TestHost.Start(_probe, [typeof(SingleProbe)]);
        _bus = BusNamespace.Start(_host.Host.Services.GetRequiredService<DurableQueues>());
        _client = new ServiceBusClient(_bus.ConnectionString,
            new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(60) } });
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _bus.Dispose();
        await _host.DisposeAsync();
    }

    private ServiceBusDeadLetters Letters => new(_client);

    [Fact]
    public async Task They_are_listed_page_by_page_without_being_taken()
    {
        await Die(5);
        var first = await Letters.After("transactions", 0, 2, Cancellation);
        var rest = await Letters.After("transactions", first[^1].Number, 200, Cancellation);
        Assert.Equal(["WO-0", "WO-1", "WO-2", "WO-3", "WO-4"], first.Concat(rest).Select(dead => dead.MessageId));
        Assert.Equal("MaxDeliveryCountExceeded: InvalidOperationException: it never works", first[0].Reason);
        Assert.Equal((10, "body 0", null), (first[0].Deliveries, first[0].Body, first[0].DiedAt));
        Assert.Empty(await Letters.After("transactions", rest[^1].Number, 200, Cancellation));
        Assert.Empty(await Letters.After("work", 0, 200, Cancellation));
        Assert.Equal(5, (await Letters.After("transactions", 0, 200, Cancellation)).Count);
    }

    [Fact]
    public async Task One_of_several_is_dropped_and_the_others_stay()
    {
        await Die(3);
        var second = (await Letters.After("transactions", 0, 200, Cancellation))[1];
        Assert.Equal(Taking.Taken, await Letters.Drop("transactions", second.Number, Cancellation));
        Assert.Equal(["WO-0", "WO-2"], (await Letters.After("transactions", 0, 200, Cancellation)).Select(dead => dead.MessageId));
        Assert.Equal(Taking.Unknown, await Letters.Drop("transactions", second.Number, Cancellation));
    }

    [Fact]
    public async Task One_of_several_is_sent_again_and_the_others_stay()
    {
        await Die(5);
        _probe.OnMessages = _ => Task.CompletedTask;
        var third = (await Letters.After("transactions", 0, 200, Cancellation))[2];
        Assert.Equal(Taking.Taken, await Letters.Resend("transactions", third.Number, Cancellation));
        await Eventually.True(() => _probe.TimesSeen("body 2") == 11, "it is delivered once more");
        Assert.StartsWith("WO-2~", _probe.Deliveries.Last().MessageIds[0], StringComparison.Ordinal);
        Assert.Equal(["WO-0", "WO-1", "WO-3", "WO-4"],
            (await Letters.After("transactions", 0, 200, Cancellation)).Select(dead => dead.MessageId));
        Assert.Equal(0, _bus.Held);
        Assert.Equal(Taking.Unknown, await Letters.Resend("transactions", third.Number, Cancellation));
        Assert.Equal(Taking.Unknown, await Letters.Resend("work", 1, Cancellation));
    }

    [Fact]
    public async Task Two_who_send_one_again_at_once_send_it_once()
    {
        await Die(1);
        _probe.OnMessages = _ => Task.CompletedTask;
        var number = Assert.Single(await Letters.After("transactions", 0, 200, Cancellation)).Number;
        var both = await Task.WhenAll(Letters.Resend("transactions", number, Cancellation), Letters.Resend("transactions", number, Cancellation));
        Assert.Single(both, result => result == Taking.Taken);
        Assert.Single(both, result => result is Taking.Unknown or Taking.Busy);
        await Eventually.True(() => _host.Queue("transactions").Active == 0, "it is delivered");
        Assert.Equal(11, _probe.TimesSeen("body 0"));
        Assert.Empty(await Letters.After("transactions", 0, 200, Cancellation));
    }

    [Fact]
    public async Task A_crash_between_sending_and_taking_out_leaves_it_twice_and_never_not_at_all()
    {
        await Die(1);
        _probe.OnMessages = _ => Task.CompletedTask;
        var number = Assert.Single(await Letters.After("transactions", 0, 200, Cancellation)).Number;
        _bus.OnComplete = static () => throw new InvalidOperationException("The connection breaks.");
        await Assert.ThrowsAsync<ServiceBusException>(() => Letters.Resend("transactions", number, Cancellation));
        await Eventually.True(() => _probe.TimesSeen("body 0") == 11, "it was sent");
        Assert.Single(await Letters.After("transactions", 0, 200, Cancellation));

        _bus.OnComplete = static () => { };
        Assert.Equal(Taking.Taken, await Letters.Resend("transactions", number, Cancellation));
        Assert.Empty(await Letters.After("transactions", 0, 200, Cancellation));
        Assert.Equal(0, _host.Queue("transactions").Active);
        Assert.Equal(11, _probe.TimesSeen("body 0"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task Die(int count)
    {
        await using var sender = _client.CreateSender("transactions");
        for (var i = 0; i < count; i++)
            await sender.SendMessageAsync(new ServiceBusMessage($"body {i}") { MessageId = $"WO-{i}" }, Cancellation);
        await Eventually.True(() => _host.Overview().Sum(queue => queue.DeadLettered) == count, "all are dead");
    }
}
