using System.Buffers.Binary;
using System.Text;
using Amqp;
using Amqp.Sasl;
using Amqp.Types;

namespace Club.Local.Amqp;

/// <summary>
/// The server's side of SASL, as Service Bus offers it. MSSBCBS, ANONYMOUS and EXTERNAL let a client in to show a token later; PLAIN shows a key at once.
/// Own code, since AMQPNetLite may send its header and open frame in one packet with the outcome, on which JavaScript clients hang: this handshake ends
/// only when the client has spoken after the outcome.
/// </summary>
internal sealed class SaslHandshake(SocketTransport transport, QueueKeys keys)
{
    private const int FrameHeader = 8;
    private const int LargestFrame = 512;

    private static readonly byte[] SaslHeader = "AMQP\u0003\u0001\0\0"u8.ToArray();
    private static readonly byte[] AmqpHeader = "AMQP\0\u0001\0\0"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Mechanisms =
        Frame(new SaslMechanisms { SaslServerMechanisms = [new("MSSBCBS"), new("ANONYMOUS"), new("EXTERNAL"), new("PLAIN")] });

    /// <summary>True when the client goes on with AMQP; its first bytes are still to be read.</summary>
    public async Task<bool> Run(CancellationToken cancellation)
    {
        if (!await transport.Fill(AmqpHeader.Length, cancellation)) return false;
        if (transport.Buffered.StartsWith(AmqpHeader)) return true;
        await transport.Send(SaslHeader, cancellation);
        if (!transport.Buffered.StartsWith(SaslHeader)) return false;
        transport.Take(SaslHeader.Length);

        await transport.Send(Mechanisms, cancellation);
        var code = Judge(await ReadInit(cancellation));
        await transport.Send(Frame(new SaslOutcome { Code = code }), cancellation);
        return code == SaslCode.Ok && await transport.Fill(AmqpHeader.Length, cancellation) && transport.Buffered.StartsWith(AmqpHeader);
    }

    private SaslCode Judge(SaslInit? init)
    {
        switch ((string?)init?.Mechanism)
        {
            case "MSSBCBS" or "ANONYMOUS" or "EXTERNAL":
                return SaslCode.Ok;
            case "PLAIN" when Encoding.UTF8.GetString(init!.InitialResponse ?? []).Split('\0') is [_, var name, var key]:
                transport.Grant = keys.Check(name, key);
                return transport.Grant is null ? SaslCode.Auth : SaslCode.Ok;
            default:
                return SaslCode.Auth;
        }
    }

    private async Task<SaslInit?> ReadInit(CancellationToken cancellation)
    {
        if (!await transport.Fill(FrameHeader, cancellation)) return null;
        var size = BinaryPrimitives.ReadInt32BigEndian(transport.Buffered);
        if (size is <= FrameHeader or > LargestFrame || !await transport.Fill(size, cancellation)) return null;
        var body = transport.Buffered[..size][(transport.Buffered[4] * 4)..].ToArray();
        transport.Take(size);
        var init = new SaslInit();
        init.Decode(new ByteBuffer(body, 0, body.Length, body.Length));
        return init;
    }

    private static ReadOnlyMemory<byte> Frame(Described command)
    {
        var buffer = new ByteBuffer(64, autoGrow: true);
        byte[] header = [0, 0, 0, 0, 2, 1, 0, 0];
        header.CopyTo(buffer.Buffer, 0);
        buffer.Append(FrameHeader);
        command.Encode(buffer);
        BinaryPrimitives.WriteInt32BigEndian(buffer.Buffer, buffer.Length);
        return buffer.Buffer.AsMemory(0, buffer.Length);
    }
}
