using System.Buffers.Binary;
using System.Text;
using Amqp;
using Amqp.Sasl;
using Amqp.Types;

namespace Functions.Local.Amqp;

/// <summary>
/// The server's side of SASL, as Service Bus offers it. MSSBCBS, ANONYMOUS and EXTERNAL let a client in to show a token later; PLAIN shows
/// a key at once. Own code, since AMQPNetLite may send its header and open frame in one packet with the outcome, on which JavaScript
/// clients hang: this handshake ends only when the client has spoken after the outcome.
/// </summary>
internal sealed class SaslHandshake(SocketTransport transport, QueueClient client, QueueKeys keys)
{
    private const int FrameHeader = 8;
    private const int LargestFrame = 512;

    private static readonly byte[] SaslHeader = "AMQP\u0003\u0001\0\0"u8.ToArray();
    private static readonly byte[] AmqpHeader = "AMQP\0\u0001\0\0"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Mechanisms =
        Frame(new SaslMechanisms { SaslServerMechanisms = [new("MSSBCBS"), new("ANONYMOUS"), new("EXTERNAL"), new("PLAIN")] });

    /// <summary>How far the client has come, for whoever ends the handshake.</summary>
    public QueueStage Stage { get; private set; } = QueueStage.BeforeSasl;

    /// <summary>Null when the client goes on with AMQP, its first bytes still to be read; otherwise why it does not.</summary>
    public async Task<string?> Run(CancellationToken cancellation)
    {
        if (!await transport.Fill(AmqpHeader.Length, cancellation)) return "it left without a word";
        if (transport.Buffered.StartsWith(AmqpHeader)) return null;
        await transport.Send(SaslHeader, cancellation);
        if (!transport.Buffered.StartsWith(SaslHeader)) return "it does not speak AMQP 1.0";
        transport.Take(SaslHeader.Length);

        Stage = QueueStage.Sasl;
        await transport.Send(Mechanisms, cancellation);
        if (await ReadInit(cancellation) is not { } init) return "its SASL frame is malformed";
        var refusal = Judge(init);
        await transport.Send(Frame(new SaslOutcome { Code = refusal is null ? SaslCode.Ok : SaslCode.Auth }), cancellation);
        if (refusal is not null) return refusal;
        if (!await transport.Fill(AmqpHeader.Length, cancellation)) return "it left after the outcome";
        return transport.Buffered.StartsWith(AmqpHeader) ? null : "it does not go on with AMQP 1.0";
    }

    private string? Judge(SaslInit init)
    {
        switch ((string?)init.Mechanism)
        {
            case "MSSBCBS" or "ANONYMOUS" or "EXTERNAL":
                return null;
            case "PLAIN" when Encoding.UTF8.GetString(init.InitialResponse ?? []).Split('\0') is [_, var name, var key]:
                if (keys.Check(name, key) is not { } grant) return "the key that it showed is not valid";
                client.Admit(grant);
                return null;
            default:
                return "it wants a mechanism that is not offered";
        }
    }

    private async Task<SaslInit?> ReadInit(CancellationToken cancellation)
    {
        if (!await transport.Fill(FrameHeader, cancellation)) return null;
        var size = BinaryPrimitives.ReadInt32BigEndian(transport.Buffered);
        if (size is <= FrameHeader or > LargestFrame || !await transport.Fill(size, cancellation)) return null;
        var header = transport.Buffered[4] * 4;
        var body = header < FrameHeader || header >= size ? [] : transport.Buffered[header..size].ToArray();
        transport.Take(size);
        if (Wire.Measure(body) is null) return null;
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
