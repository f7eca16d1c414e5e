using System.Net.Sockets;
using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Functions.Local.Amqp;
using Functions.Local.Hosting;

namespace Functions.Local.Cli;

/// <summary>A connection to a host's queue that keeps several batches under way.</summary>
internal sealed class EventSender : IAsyncDisposable
{
    private const int BatchesUnderWay = 16;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _slots = new(BatchesUnderWay);
    private readonly Connection _connection;
    private readonly SenderLink _link;
    private readonly Action<int, string?> _settled;

    private EventSender(Connection connection, SenderLink link, Action<int, string?> settled) =>
        (_connection, _link, _settled) = (connection, link, settled);

    /// <param name="settled">Told for each batch how many events it had, and why they were refused if they were.</param>
    /// <exception cref="StartException">There is no host, or it does not let this client send.</exception>
    public static async Task<EventSender> Open(ConnectionString target, string queue, Action<int, string?> settled)
    {
        var connection = await Connect(target);
        try
        {
            var session = new Session(connection);
            await PutToken(session, target, queue);
            return new EventSender(connection, await Attach(session, queue), settled);
        }
        catch
        {
            connection.Close(TimeSpan.Zero);
            throw;
        }
    }

    /// <exception cref="ConnectionLostException">The host has gone. What became of the batches under way is still told.</exception>
    public async Task Send(EventBatch batch, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            _link.Send(batch.Message, OnOutcome, batch);
        }
        catch (Exception e) when (e is AmqpException or ObjectDisposedException)
        {
            _slots.Release();
            throw new ConnectionLostException(e);
        }
    }

    /// <summary>Waits until every batch has its outcome.</summary>
    public async Task Finish(CancellationToken cancellation)
    {
        for (var i = 0; i < BatchesUnderWay; i++) await _slots.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.CloseAsync(TimeSpan.FromSeconds(5), null);
        }
        catch (Exception e) when (e is AmqpException or TimeoutException)
        {
            // It has ended already.
        }

        _slots.Dispose();
    }

    private static async Task<Connection> Connect(ConnectionString target)
    {
        try
        {
            var factory = new ConnectionFactory();
            factory.SASL.Profile = SaslProfile.Anonymous;
            return await factory.CreateAsync(new Address(target.Host, target.Port, scheme: "amqp"));
        }
        catch (Exception e) when (e is SocketException or AmqpException or OperationCanceledException)
        {
            throw new StartException($"No host answers at {target.Host}:{target.Port}. Start it, or give --connection.", e);
        }
    }

    private static async Task PutToken(Session session, ConnectionString target, string queue)
    {
        var replyTo = "send-" + Guid.NewGuid().ToString("N");
        var replies = new ReceiverLink(session, replyTo, new Source { Address = Cbs.Address }, null);
        var requests = new SenderLink(session, replyTo + "-requests", Cbs.Address);
        var resource = $"sb://{target.Host}/{queue}";
        var token = SasToken.Create(resource, target.KeyName, target.Key, TimeProvider.System.GetUtcNow().AddHours(1));
        var request = new Message(token)
        {
            Properties = new Properties { MessageId = "1", ReplyTo = replyTo },
            ApplicationProperties = new ApplicationProperties
            {
                Map = { ["operation"] = "put-token", ["type"] = "servicebus.windows.net:sastoken", ["name"] = resource },
            },
        };
        await requests.SendAsync(request, AnswerTime);
        using var reply = await replies.ReceiveAsync(AnswerTime) ?? throw new StartException("The host does not answer.");
        replies.Accept(reply);
        if (reply.ApplicationProperties?.Map["status-code"] is not (int and >= 200 and < 300))
            throw new StartException($"The host does not accept the key '{target.KeyName}'.");
    }

    private static async Task<SenderLink> Attach(Session session, string queue)
    {
        var attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var link = new SenderLink(session, "send-" + Guid.NewGuid().ToString("N"), new Target { Address = queue }, (_, attach) =>
        {
            if (attach.Target is not null) attached.TrySetResult();
        });
        link.AddClosedCallback((_, error) =>
            attached.TrySetException(new StartException($"The host does not take messages for '{queue}': {error?.Description}")));
        await attached.Task.WaitAsync(AnswerTime);
        return link;
    }

    private void OnOutcome(ILink link, Message message, Outcome outcome, object state)
    {
        _settled(((EventBatch)state).Count, outcome switch
        {
            Accepted => null,
            Rejected rejected when !_link.IsClosed => rejected.Error?.Description ?? "the host gave no reason",
            _ => "the connection was lost before the host answered",
        });
        _slots.Release();
    }
}

internal sealed class ConnectionLostException(Exception inner) : Exception("The connection to the host was lost.", inner);
