using System.Net;
using System.Net.Sockets;
using Amqp.Listener;
using Functions.Local.Hosting;
using Functions.Local.Queue;
using Functions.Local.Topic;

namespace Functions.Local.Amqp;

/// <summary>The queues' front: what Service Bus clients need to send, and to receive from the topic's
/// subscriptions, over plain AMQP 1.0.</summary>
internal sealed class AmqpServer(LocalOptions options, DurableQueues queues, DurableTopic topic, QueueLimits limits,
    ILogger<AmqpServer> log) : IDisposable
{
    private readonly QueueKeys _keys = new(options);
    private readonly QueueRefusals _refusals = new(log);
    private SocketAcceptor? _acceptor;
    private QueueContainer? _container;

    public QueueRefusals Refusals => _refusals;

    /// <summary>How many clients are connected.</summary>
    public int Clients => _acceptor?.Clients ?? 0;

    internal ConnectionListener Listener =>
        (ConnectionListener)(_container ?? throw new InvalidOperationException("The host has not started.")).Listeners[0];

    public int Port => _acceptor?.Port ?? throw new InvalidOperationException("The host has not started.");

    /// <summary>Takes the port. Clients wait until <see cref="Open"/>.</summary>
    public void Bind()
    {
        try
        {
            _acceptor = new SocketAcceptor(new IPEndPoint(IPAddress.Parse(options.Address), options.AmqpPort), new QueueCrowd(limits),
                _keys, _refusals, log);
        }
        catch (SocketException e)
        {
            throw new StartException(
                e.SocketErrorCode == SocketError.AddressAlreadyInUse
                    ? $"The queue's port {options.AmqpPort} is in use; set Local__AmqpPort to another, or to 0 for a free one."
                    : $"The queue cannot listen on {options.Address}:{options.AmqpPort} (Local__Address, Local__AmqpPort): {e.Message}",
                e);
        }
    }

    public void Open()
    {
        _container = new QueueContainer(_acceptor!, new QueueLinks(_keys, queues, topic, _refusals, log));
        _container.Open();
        _acceptor!.Start();
    }

    /// <summary>Says goodbye to the clients, and drops those that do not answer soon.</summary>
    public async Task Close()
    {
        if (_container is null)
        {
            _acceptor?.Dispose();
            return;
        }

        _container.Close();
        for (var waited = 0; _acceptor!.Clients > 0 && waited < 500; waited += 25) await Task.Delay(25);
        _acceptor.Drop();
    }

    public void Dispose() => _acceptor?.Dispose();
}
