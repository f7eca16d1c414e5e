using System.Diagnostics;
using System.Transactions;
using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using Xunit;

namespace Club.Tests.FunctionsLocal;

/// <summary>Microsoft's own .NET client, as partners use it, against the local queue.</summary>
public sealed class ServiceBusClientTests : IAsyncLifetime
{
    /// <summary>What a client tries again takes 11 seconds; what is final is known at once, on a busy machine too.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    private readonly Probe _probe = new();
    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TestHost.Start(_probe, [typeof(SingleProbe)], settings: new()
    {
        ["Local__QueueKeys__dms"] = "secret:Send",
        ["Local__QueueKeys__owner"] = "everything:Manage",
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_message_and_a_batch_arrive()
    {
        await using var client = Client();
        await using var sender = client.CreateSender("transactions");
        await sender.SendMessageAsync(new ServiceBusMessage("一") { MessageId = "WO-1" });
        using var batch = await sender.CreateMessageBatchAsync();
        Assert.Equal(256 * 1024, batch.MaxSizeInBytes);
        for (var i = 0; i < 100; i++) Assert.True(batch.TryAddMessage(new ServiceBusMessage($"batch {i}")));
        await sender.SendMessagesAsync(batch);
        await Eventually.True(() => _probe.Deliveries.Count == 101, "all are delivered");
        Assert.Equal("WO-1", _probe.Deliveries.Single(d => d.Bodies[0] == "一").MessageIds[0]);
    }

    [Fact]
    public async Task A_hundred_senders_at_once_are_all_heard()
    {
        await using var client = Client();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            await using var sender = client.CreateSender("transactions");
            await sender.SendMessageAsync(new ServiceBusMessage($"{i}"));
        }));
        await Eventually.True(() => _probe.Deliveries.Select(d => d.Bodies[0]).Distinct().Count() == 100, "all are delivered");
    }

    [Fact]
    public async Task Clients_with_a_connection_each_are_all_heard()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            await using var client = Client();
            await using var sender = client.CreateSender("transactions");
            await sender.SendMessageAsync(new ServiceBusMessage($"{i}"));
        }));
        await Eventually.True(() => _probe.Deliveries.Count == 20, "all are delivered");
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        await using var client = Client("dms", "wrong", retries: 0);
        await using var sender = client.CreateSender("transactions");
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => sender.SendMessageAsync(new ServiceBusMessage("x")));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_not_made()
    {
        var refused = await Refused<ServiceBusException>(client => Send(client, "nothing", new ServiceBusMessage("x")));
        Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, refused.Reason);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused()
    {
        var refused = await Refused<ServiceBusException>(client =>
            Send(client, "transactions", new ServiceBusMessage(new string('x', 300_000))));
        Assert.Equal(ServiceBusFailureReason.MessageSizeExceeded, refused.Reason);
    }

    [Fact]
    public async Task The_clubs_own_work_says_which_claim_it_takes()
    {
        await using var client = Client(retries: 0);
        var refused = await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Send(client, "work", new ServiceBusMessage("x")));
        Assert.Contains("the claim Manage is required for 'work'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xD6, 0xD0, 0xB9, 0xFA })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B, 0x00 })]
    [InlineData(new byte[] { 0x40, 0x06, 0xFF })]
    [InlineData(new byte[] { 0x1F, 0x8B, 0x08, 0x00 })]
    public async Task What_is_no_text_is_refused_for_good_at_once(byte[] body)
    {
        var refused = await Refused<ArgumentException>(client => Send(client, "transactions", new ServiceBusMessage(new BinaryData(body))));
        Assert.Contains("UTF-8", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_or_a_sequence_is_no_text_either()
    {
        foreach (var body in (AmqpMessageBody[])[AmqpMessageBody.FromValue(42), AmqpMessageBody.FromValue("{}"u8.ToArray()),
            AmqpMessageBody.FromSequence([new List<object> { "{}" }])])
            await Refused<ArgumentException>(client => Send(client, "transactions", new ServiceBusMessage(new AmqpAnnotatedMessage(body))));
    }

    [Fact]
    public async Task A_batch_with_one_message_that_is_no_text_says_which_and_nothing_of_it_is_kept()
    {
        var refused = await Refused<ArgumentException>(async client =>
        {
            await using var sender = client.CreateSender("transactions");
            await sender.SendMessagesAsync(
                [new ServiceBusMessage("good"), new ServiceBusMessage(new BinaryData(new byte[] { 0xFF })), new ServiceBusMessage("good")]);
        });
        Assert.Contains("Message 2 of the batch", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, _host.Queue("transactions").Active);
    }

    [Fact]
    public async Task Peeking_scheduling_by_request_cancelling_and_receiving_are_refused_for_good_at_once()
    {
        foreach (var call in (Func<ServiceBusClient, Task>[])
            [
                client => client.CreateReceiver("transactions").PeekMessageAsync(),
                client => client.CreateSender("transactions")
                .ScheduleMessageAsync(new ServiceBusMessage("x"), DateTimeOffset.UtcNow.AddHours(1)),
                client => client.CreateSender("transactions").CancelScheduledMessageAsync(1),
                client => client.CreateReceiver("transactions").ReceiveMessageAsync(AtOnce),
                client => client.AcceptNextSessionAsync("transactions"),
            ])
            await Refused<NotSupportedException>(call);
    }

    [Fact]
    public async Task A_transaction_is_refused_for_good_at_once()
    {
        await Refused<NotSupportedException>(async client =>
        {
            using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            await Send(client, "transactions", new ServiceBusMessage("x"));
            scope.Complete();
        });
    }

    private static async Task Send(ServiceBusClient client, string queue, ServiceBusMessage message)
    {
        await using var sender = client.CreateSender(queue);
        await sender.SendMessageAsync(message);
    }

    /// <summary>With the retries that a client makes by itself.</summary>
    private async Task<T> Refused<T>(Func<ServiceBusClient, Task> call) where T : Exception
    {
        await using var client = Client();
        var watch = Stopwatch.StartNew();
        var refused = await Assert.ThrowsAnyAsync<T>(() => call(client));
        Assert.True(watch.Elapsed < AtOnce, $"The client tried again: {watch.Elapsed}");
        return refused;
    }

    private ServiceBusClient Client(string name = "dms", string key = "secret", int retries = 3) => new(
        $"Endpoint=sb://localhost:{_host.Host.AmqpPort};SharedAccessKeyName={name};SharedAccessKey={key};UseDevelopmentEmulator=true;",
        new ServiceBusClientOptions { RetryOptions = new() { MaxRetries = retries } });
}
