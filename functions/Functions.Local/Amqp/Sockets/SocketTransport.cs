using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Principal;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace Functions.Local.Amqp;

/// <summary>
/// A client's socket as AMQPNetLite wants to use it. Bytes are handed on by whole frames that <see cref="FrameGuard"/> has let pass, and
/// not before the client takes what is sent to it and what it sent is on its way to disk: a client that never reads cannot make the host
/// remember without end.
/// </summary>
internal sealed class SocketTransport(Socket socket, Action<SocketTransport> closed) : IAsyncTransport, IAuthenticated
{
    /// <summary>Enough for what a client says until it sends.</summary>
    private const int First = 1024;

    private const int Usual = 16 * 1024;
    private const long MostUnderWay = 8 * 1024 * 1024;
    private static readonly byte[] AmqpHeader = "AMQP\0\u0001\0\0"u8.ToArray();

    private readonly FrameGuard _guard = new();
    private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = new byte[First];
    private Task _sending = Task.CompletedTask;
    private TaskCompletionSource _room = new();
    private long _sendingSince;
    private long _underWay;
    private long _lastHeard = Environment.TickCount64;
    private bool _spokeAmqp;
    private int _start;
    private int _end;
    private int _passed;
    private int _closed;

    public QueueClient? Client { get; private set; }

    public IPAddress Address { get; } = (socket.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;

    /// <summary>When it came. This and the next two in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long Since { get; } = Environment.TickCount64;

    public bool HasSpoken { get; private set; }

    public long LastHeard => Volatile.Read(ref _lastHeard);

    /// <summary>Zero while nothing waits for the client.</summary>
    public long SendingSince => Volatile.Read(ref _sendingSince);

    IPrincipal? IAuthenticated.Principal => Client is null ? null : new ClientPrincipal(Client);

    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    public void Take(int count) => _start += count;

    public void Welcome(QueueClient client) => Client = client;

    /// <inheritdoc cref="FrameGuard.Receive"/>
    public void Receive(Action<Flow> heard, Action? left = null) => _guard.Receive(heard, left);

    void IAsyncTransport.SetConnection(Connection connection) { }

    /// <summary>Makes sure that <paramref name="count"/> bytes are buffered and shows them without taking them. False when the client has
    /// gone.</summary>
    public async ValueTask<bool> Fill(int count, CancellationToken cancellation)
    {
        if (_start == _end || count > _buffer.Length - _start) Rearrange(count);
        while (_end - _start < count)
        {
            var read = await socket.ReceiveAsync(_buffer.AsMemory(_end), cancellation);
            if (read == 0) return false;
            _end += read;
            HasSpoken = true;
            Volatile.Write(ref _lastHeard, Environment.TickCount64);
        }

        return true;
    }

    public async Task<int> ReceiveAsync(byte[] buffer, int offset, int count)
    {
        // What is sent before the library listens would fail before it has noted the connection, which it then never forgets.
        _reading.TrySetResult();
        if (_passed == 0 && !await PassFrame()) return 0;
        var taken = Math.Min(count, _passed);
        _buffer.AsSpan(_start, taken).CopyTo(buffer.AsSpan(offset));
        (_start, _passed) = (_start + taken, _passed - taken);
        return taken;
    }

    public async Task SendAsync(IList<ByteBuffer> bufferList, int listSize)
    {
        await _reading.Task;
        var segments = new ArraySegment<byte>[bufferList.Count];
        for (var i = 0; i < segments.Length; i++) segments[i] = new(bufferList[i].Buffer, bufferList[i].Offset, bufferList[i].Length);
        Volatile.Write(ref _sendingSince, Environment.TickCount64);
        var sending = socket.SendAsync(segments, SocketFlags.None);
        Volatile.Write(ref _sending, sending);
        var sent = await sending;
        Volatile.Write(ref _sendingSince, 0);
        if (sent != listSize) throw new SocketException((int)SocketError.ConnectionAborted);
    }

    /// <summary>A message of this many bytes is on its way to disk.</summary>
    public void Hold(int bytes) => Interlocked.Add(ref _underWay, bytes);

    public void Release(int bytes)
    {
        if (Interlocked.Add(ref _underWay, -bytes) <= MostUnderWay) Volatile.Read(ref _room).TrySetResult();
    }

    public void Send(ByteBuffer buffer) => socket.Send(buffer.Buffer, buffer.Offset, buffer.Length, SocketFlags.None);

    public ValueTask<int> Send(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => socket.SendAsync(bytes, cancellation);

    public int Receive(byte[] buffer, int offset, int count) => ReceiveAsync(buffer, offset, count).GetAwaiter().GetResult();

    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1) return;
        // Whoever waits to send until the library listens waits on: it listens to what is closed, too, and then forgets it.
        socket.Dispose();
        Volatile.Read(ref _room).TrySetResult();
        closed(this);
    }

    private async ValueTask<bool> PassFrame()
    {
        if (!_spokeAmqp)
        {
            if (!await Fill(AmqpHeader.Length, CancellationToken.None)) return false;
            (_spokeAmqp, _passed) = (true, AmqpHeader.Length);
            return true;
        }

        await Volatile.Read(ref _sending);
        while (Interlocked.Read(ref _underWay) > MostUnderWay && Volatile.Read(ref _closed) == 0) await Room();
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed) == 1, this);
        if (!await Fill(FrameGuard.FrameHeader, CancellationToken.None)) return false;
        var size = BinaryPrimitives.ReadUInt32BigEndian(Buffered);
        if (size is < FrameGuard.FrameHeader or > QueueContainer.LargestFrame)
            throw new AmqpException(new Error(
                ErrorCode.FramingError) { Description = $"A frame has 8 to {QueueContainer.LargestFrame} bytes." });
        if (!await Fill((int)size, CancellationToken.None)) return false;
        _guard.Judge(Buffered[..(int)size], Client?.IsStranger != false);
        _passed = (int)size;
        return true;
    }

    private Task Room()
    {
        var room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _room, room);
        // What was released, or closed, before the change of it could be seen.
        if (Interlocked.Read(ref _underWay) <= MostUnderWay || Volatile.Read(ref _closed) == 1) room.TrySetResult();
        return room.Task;
    }

    /// <summary>Makes room behind what is buffered: by moving it to the front, or into a larger buffer while a large frame comes.</summary>
    private void Rearrange(int count)
    {
        var (buffered, from) = (_end - _start, _buffer);
        if (count > from.Length) _buffer = new byte[Math.Max(count, Usual)];
        else if (from.Length > Usual && Math.Max(count, buffered) <= Usual) _buffer = new byte[Usual];
        from.AsSpan(_start, buffered).CopyTo(_buffer);
        (_start, _end) = (0, buffered);
    }
}

/// <summary>Carries a client from the handshake to the connection.</summary>
internal sealed class ClientPrincipal(QueueClient client) : IPrincipal
{
    public QueueClient Client { get; } = client;

    public IIdentity Identity { get; } = new GenericIdentity("client");

    public bool IsInRole(string role) => false;
}
