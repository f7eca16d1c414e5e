using System.Net.Sockets;
using System.Security.Principal;
using Amqp;
using Amqp.Listener;

namespace Club.Local.Amqp;

/// <summary>A client's socket as AMQPNetLite wants to use it, with a buffer so that small frames do not cost two reads each.</summary>
internal sealed class SocketTransport(Socket socket, Action<SocketTransport> closed) : IAsyncTransport, IAuthenticated
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private int _closed;

    /// <summary>Set when the client showed a key in the SASL handshake.</summary>
    public Grant? Grant { get; set; }

    IPrincipal? IAuthenticated.Principal => Grant is null ? null : new GrantPrincipal(Grant);

    void IAsyncTransport.SetConnection(Connection connection) { }

    /// <summary>Makes sure that <paramref name="count"/> bytes are buffered and shows them without taking them. False when the client has gone.</summary>
    public async ValueTask<bool> Fill(int count, CancellationToken cancellation)
    {
        while (_end - _start < count)
        {
            if (_start > 0) _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = await socket.ReceiveAsync(_buffer.AsMemory(_end), cancellation);
            if (read == 0) return false;
            _end += read;
        }

        return true;
    }

    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    public void Take(int count) => _start += count;

    public async Task<int> ReceiveAsync(byte[] buffer, int offset, int count)
    {
        if (_start == _end)
        {
            // A large read goes past the buffer.
            if (count >= _buffer.Length) return await socket.ReceiveAsync(buffer.AsMemory(offset, count));
            if (!await Fill(1, CancellationToken.None)) return 0;
        }

        var taken = Math.Min(count, _end - _start);
        _buffer.AsSpan(_start, taken).CopyTo(buffer.AsSpan(offset));
        _start += taken;
        return taken;
    }

    public async Task SendAsync(IList<ByteBuffer> bufferList, int listSize)
    {
        var segments = new ArraySegment<byte>[bufferList.Count];
        for (var i = 0; i < segments.Length; i++) segments[i] = new(bufferList[i].Buffer, bufferList[i].Offset, bufferList[i].Length);
        var sent = await socket.SendAsync(segments, SocketFlags.None);
        if (sent != listSize) throw new SocketException((int)SocketError.ConnectionAborted);
    }

    public void Send(ByteBuffer buffer) => socket.Send(buffer.Buffer, buffer.Offset, buffer.Length, SocketFlags.None);

    public ValueTask<int> Send(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => socket.SendAsync(bytes, cancellation);

    public int Receive(byte[] buffer, int offset, int count) => ReceiveAsync(buffer, offset, count).GetAwaiter().GetResult();

    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1) return;
        socket.Dispose();
        closed(this);
    }
}

/// <summary>Carries a grant from the handshake to the connection.</summary>
internal sealed class GrantPrincipal(Grant grant) : IPrincipal
{
    public Grant Grant { get; } = grant;

    public IIdentity Identity { get; } = new GenericIdentity(grant.Key.Name, "PLAIN");

    public bool IsInRole(string role) => false;
}
