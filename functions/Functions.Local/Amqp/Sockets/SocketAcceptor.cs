using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Amqp;

namespace Functions.Local.Amqp;

/// <summary>
/// Accepts clients and hands them to AMQPNetLite once their handshake is done. The library's own listener shares its port with any other
/// process that asks likewise and does not tell which port it got.
/// </summary>
internal sealed partial class SocketAcceptor : TransportProvider
{
    public const string Scheme = "club";

    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    private readonly Channel<IAsyncTransport> _ready = Channel.CreateUnbounded<IAsyncTransport>();
    private readonly Socket _socket;
    private readonly QueueCrowd _crowd;
    private readonly QueueKeys _keys;
    private readonly QueueRefusals _refusals;
    private readonly ILogger _log;
    private readonly Timer _watch;
    private bool _closed;

    /// <exception cref="SocketException">The port is in use.</exception>
    public SocketAcceptor(IPEndPoint endpoint, QueueCrowd crowd, QueueKeys keys, QueueRefusals refusals, ILogger log)
    {
        (_crowd, _keys, _refusals, _log) = (crowd, keys, refusals, log);
        AddressSchemes = [Scheme];
        _socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _watch = new Timer(_ => SendAway(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            _socket.Bind(endpoint);
            _socket.Listen(1024);
        }
        catch
        {
            _socket.Dispose();
            _watch.Dispose();
            throw;
        }
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public int Clients => _crowd.Count;

    public void Start()
    {
        _watch.Change(Round, Round);
        _ = Task.Run(Accept);
    }

    /// <summary>Waits for the next client. Never throws: the library would ask again without a pause.</summary>
    public override async Task<IAsyncTransport> CreateAsync(Address address)
    {
        if (await _ready.Reader.WaitToReadAsync() && _ready.Reader.TryRead(out var transport)) return transport;
        return await new TaskCompletionSource<IAsyncTransport>().Task;
    }

    /// <summary>Accepts no more. Clients stay connected until <see cref="Drop"/>.</summary>
    public override void Dispose()
    {
        _closed = true;
        _watch.Dispose();
        _socket.Dispose();
        _ready.Writer.TryComplete();
        base.Dispose();
    }

    public void Drop()
    {
        foreach (var transport in _crowd.Everybody()) transport.Close();
    }

    private async Task Accept()
    {
        while (!_closed)
        {
            try
            {
                var client = await _socket.AcceptAsync();
                _ = Welcome(client);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (_closed) return;
                Log.NotAccepted(_log, e);
                await Task.Delay(100);
            }
        }
    }

    private async Task Welcome(Socket socket)
    {
        SocketTransport? transport = null;
        SaslHandshake? handshake = null;
        try
        {
            socket.NoDelay = true;
            transport = new SocketTransport(socket, _crowd.Leave);
            if (_crowd.Enter(transport) is { } leaves)
            {
                _refusals.Count(QueueStage.BeforeSasl, leaves.Address, "too many clients are connected");
                leaves.Close();
            }

            var client = new QueueClient(transport, _crowd);
            transport.Welcome(client);
            handshake = new SaslHandshake(transport, client, _keys);
            using var time = new CancellationTokenSource(HandshakeTime);
            var refusal = await handshake.Run(time.Token);
            if (refusal is null && _ready.Writer.TryWrite(transport)) return;
            if (refusal is not null) _refusals.Count(handshake.Stage, transport.Address, refusal);
        }
        catch (Exception e)
        {
            _refusals.Count(handshake?.Stage ?? QueueStage.BeforeSasl, transport?.Address, e is OperationCanceledException
                ? "it was silent for too long" : "its connection broke");
        }

        if (transport is null) socket.Dispose();
        else transport.Close();
    }

    private void SendAway()
    {
        foreach (var transport in _crowd.Overdue(Environment.TickCount64))
        {
            _refusals.Count(
                transport.Client?.IsStranger == false ? QueueStage.AfterSasl : QueueStage.Token, transport.Address,
                transport.SendingSince > 0 ? "it does not take what is sent to it" : "it was silent for too long");
            transport.Close();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A queue client could not be accepted")]
        public static partial void NotAccepted(ILogger logger, Exception exception);
    }
}
