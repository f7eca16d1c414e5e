using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Amqp.Types;

namespace Club.Tests.FunctionsLocal;

/// <summary>A client that writes what it likes: half frames, false counts, nothing at all.</summary>
internal sealed class RawAmqpClient : IDisposable
{
    private readonly TcpClient _socket;

    // Taken while connected: a socket that the host has closed gives none any more, and its end is what is waited for.
    private RawAmqpClient(TcpClient socket) => (_socket, Stream) = (socket, socket.GetStream());

    public Stream Stream { get; }

    /// <summary>A connection on which nothing has been said.</summary>
    /// <param name="from">Which of many addresses of this machine it comes from; null: the usual one.</param>
    public static async Task<RawAmqpClient> Connect(int port, int? from = null)
    {
        var socket = from is { } number ? new TcpClient(new IPEndPoint(new IPAddress([127, 0, 1, (byte)(1 + number % 250)]), 0))
            : new TcpClient();
        socket.NoDelay = true;
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            return new RawAmqpClient(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A connection after the SASL handshake, without a key.</summary>
    public static async Task<RawAmqpClient> Anonymous(int port, int? from = null)
    {
        return await (await Connect(port, from)).Having(async client =>
        {
            await client.Write("AMQP\u0003\u0001\0\0"u8.ToArray());
            await client.Read(8);
            await client.ReadFrame();
            await client.Write(Frame(0, new SaslInit { Mechanism = "ANONYMOUS" }, type: 1));
            await client.ReadFrame();
            await client.Write("AMQP\0\u0001\0\0"u8.ToArray());
        });
    }

    /// <summary>A connection with a session and a link to <c>$cbs</c>, without a key.</summary>
    public static async Task<RawAmqpClient> AtCbs(int port, int? from = null)
    {
        return await (await Anonymous(port, from)).Having(async client =>
        {
            await client.Write(Frame(0, new Open { ContainerId = Guid.NewGuid().ToString("N") }));
            await client.Write(Frame(0, new Begin { NextOutgoingId = 0, IncomingWindow = 1000, OutgoingWindow = 1000 }));
            await client.Write(Frame(0,
                new Attach { LinkName = "requests", Handle = 0, Role = false, Source = new Source(),
                Target = new Target { Address = "$cbs" } }));
        });
    }

    /// <summary>A connection with a key and a link that receives, without credit.</summary>
    public static async Task<RawAmqpClient> Receiving(int port, string name, string key, string address)
    {
        return await (await Connect(port)).Having(async client =>
        {
            await client.Write("AMQP\u0003\u0001\0\0"u8.ToArray());
            await client.Read(8);
            await client.ReadFrame();
            await client.Write(Frame(0,
                new SaslInit { Mechanism = "PLAIN", InitialResponse = System.Text.Encoding.UTF8.GetBytes($"\0{name}\0{key}") }, type: 1));
            await client.ReadFrame();
            await client.Write("AMQP\0\u0001\0\0"u8.ToArray());
            await client.Write(Frame(0, new Open { ContainerId = Guid.NewGuid().ToString("N") }));
            await client.Write(Frame(0, new Begin { NextOutgoingId = 0, IncomingWindow = uint.MaxValue, OutgoingWindow = 1000 }));
            await client.Write(Frame(0,
                new Attach { LinkName = "raw", Handle = 0, Role = true, Source = new Source { Address = address }, Target = new Target() }));
        });
    }

    public static byte[] Transfer(int delivery, byte[] payload, bool more, uint handle = 0) => Frame(
        0, new Transfer { Handle = handle, DeliveryId = (uint)delivery, DeliveryTag = BitConverter.GetBytes(delivery), More = more },
        payload);

    public static byte[] Frame(ushort channel, Described command, byte[]? payload = null, byte type = 0)
    {
        var buffer = new ByteBuffer(256, autoGrow: true);
        command.Encode(buffer);
        return Frame(channel, [.. buffer.Buffer.AsSpan(buffer.Offset, buffer.Length), .. payload ?? []], type);
    }

    public static byte[] Frame(ushort channel, byte[] body, byte type = 0)
    {
        var frame = new byte[8 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
        (frame[4], frame[5]) = (2, type);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(6), channel);
        body.CopyTo(frame, 8);
        return frame;
    }

    public async Task Write(byte[] bytes) => await Stream.WriteAsync(bytes);

    /// <summary>Writes for as long as the host listens. True when it stopped listening within so many bytes.</summary>
    public async Task<bool> WriteUntilRefused(byte[] bytes, long most)
    {
        try
        {
            for (var sent = 0L; sent < most; sent += bytes.Length) await Write(bytes);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>True when the host ends the connection.</summary>
    public async Task<bool> Ends(TimeSpan patience)
    {
        using var time = new CancellationTokenSource(patience);
        var buffer = new byte[4096];
        try
        {
            while (await Stream.ReadAsync(buffer, time.Token) > 0)
            {
                // What the host says before it hangs up.
            }

            return true;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Ends without a goodbye: the other side finds a reset connection.</summary>
    public void Reset()
    {
        _socket.Client.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    public async Task<byte[]> ReadFrame()
    {
        var size = BinaryPrimitives.ReadInt32BigEndian(await Read(4));
        return await Read(size - 4);
    }

    private async Task<RawAmqpClient> Having(Func<RawAmqpClient, Task> said)
    {
        try
        {
            await said(this);
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private async Task<byte[]> Read(int count)
    {
        var bytes = new byte[count];
        await Stream.ReadExactlyAsync(bytes);
        return bytes;
    }
}
