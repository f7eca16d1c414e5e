using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Amqp;
using Microsoft.Extensions.Logging;

namespace Club.Local.Amqp;

/// <summary>
/// Accepts clients and hands them to AMQPNetLite once their handshake is done. The library's own listener shares its port with any other process
/// that asks likewise and does not tell which port it got.
/// </summary>
internal sealed partial class SocketAcceptor : TransportProvider
{
    public const string Scheme = "club";

    private const int MostClients = 1000;
    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(15);

    private readonly Channel<IAsyncTransport> _ready = Channel.CreateUnbounded<IAsyncTransport>();
    private readonly ConcurrentDictionary<SocketTransport, bool> _open = new();
    private readonly Socket _socket;
    private readonly QueueKeys _keys;
    private readonly ILogger _log;
    private bool _closed;

    /// <exception cref="SocketException">The port is in use.</exception>
    public SocketAcceptor(IPEndPoint endpoint, QueueKeys keys, ILogger log)
    {
        (_keys, _log) = (keys, log);
        AddressSchemes = [Scheme];
        _socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(endpoint);
            _socket.Listen();
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public bool HasClients => !_open.IsEmpty;

    public void Start() => _ = Task.Run(Accept);

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
        _socket.Dispose();
        _ready.Writer.TryComplete();
        base.Dispose();
    }

    public void Drop()
    {
        foreach (var transport in _open.Keys) transport.Close();
    }

    private async Task Accept()
    {
        while (!_closed)
        {
            try
            {
                var client = await _socket.AcceptAsync();
                client.NoDelay = true;
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

    private async Task Welcome(Socket client)
    {
        var transport = new SocketTransport(client, closed => _open.TryRemove(closed, out _));
        _open.TryAdd(transport, true);
        try
        {
            using var time = new CancellationTokenSource(HandshakeTime);
            if (_open.Count <= MostClients && await new SaslHandshake(transport, _keys).Run(time.Token) && _ready.Writer.TryWrite(transport)) return;
        }
        catch (Exception e)
        {
            Log.NotWelcomed(_log, e);
        }

        transport.Close();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A queue client could not be accepted")]
        public static partial void NotAccepted(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Debug, "A queue client left during its handshake, or spoke something else")]
        public static partial void NotWelcomed(ILogger logger, Exception exception);
    }
}
