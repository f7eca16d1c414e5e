using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Functions.Local.Amqp;

namespace Club.Tests.FunctionsLocal;

/// <summary>A Service Bus client reduced to what the tests look at.</summary>
internal sealed class TestQueueClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Connection _connection;
    private readonly Session _session;
    private int _links;

    private TestQueueClient(Connection connection) => (_connection, _session) = (connection, new Session(connection));

    public static async Task<TestQueueClient> Connect(int port, string? name = null, string? key = null)
    {
        var factory = new ConnectionFactory();
        factory.AMQP.ContainerId = Guid.NewGuid().ToString();
        if (name is null) factory.SASL.Profile = SaslProfile.Anonymous;
        return new(await factory.CreateAsync(new Address("127.0.0.1", port, name, key, scheme: "amqp")).WaitAsync(Patience));
    }

    public Task<int> PutToken(string queue, string name, string key, DateTimeOffset expires) =>
        PutToken(SasToken.Create($"sb://localhost/{queue}", name, key, expires));

    /// <summary>The status of the answer.</summary>
    public async Task<int> PutToken(string token)
    {
        var replyTo = NewName();
        var replies = new ReceiverLink(_session, replyTo, new Source { Address = "$cbs" }, null);
        var requests = new SenderLink(_session, NewName(), "$cbs");
        using var request = new Message(token)
        {
            Properties = new Properties { MessageId = "7", ReplyTo = replyTo },
            ApplicationProperties = new ApplicationProperties { Map = { ["operation"] = "put-token",
            ["type"] = "servicebus.windows.net:sastoken" } },
        };
        await requests.SendAsync(request, Patience);
        using var reply = await replies.ReceiveAsync(Patience) ?? throw new TimeoutException("$cbs did not answer.");
        replies.Accept(reply);
        if (reply.Properties.CorrelationId != "7") throw new InvalidOperationException("$cbs answered another request.");
        await replies.CloseAsync();
        await requests.CloseAsync();
        return (int)reply.ApplicationProperties.Map["status-code"];
    }

    /// <exception cref="AmqpException">The link was refused.</exception>
    public async Task<TestSender> Attach(string queue)
    {
        var attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var link = new SenderLink(_session, NewName(), new Target { Address = queue }, (_, attach) =>
        {
            if (attach.Target is not null) attached.TrySetResult();
        });
        link.AddClosedCallback((_, error) => attached.TrySetException(new AmqpException(error ?? new Error("no-error"))));
        await attached.Task.WaitAsync(Patience);
        return new TestSender(link);
    }

    /// <summary>The error with which a receiving link is refused.</summary>
    public async Task<Error> TryReceive(string queue)
    {
        var closed = new TaskCompletionSource<Error>(TaskCreationOptions.RunContinuationsAsynchronously);
        var link = new ReceiverLink(_session, NewName(), queue);
        link.AddClosedCallback((_, error) => closed.TrySetResult(error));
        return await closed.Task.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.CloseAsync(TimeSpan.FromSeconds(5), null);
        }
        catch (Exception e) when (e is AmqpException or TimeoutException)
        {
            // Closed by the host.
        }
    }

    private string NewName() => $"link-{Interlocked.Increment(ref _links)}";
}

internal sealed class TestSender(SenderLink link)
{
    public async Task<Outcome> Send(Message message)
    {
        var settled = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        link.Send(message, (_, _, outcome, _) => settled.TrySetResult(outcome), null);
        return await settled.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
