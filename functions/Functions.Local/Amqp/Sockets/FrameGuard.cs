using System.Buffers.Binary;
using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace Functions.Local.Amqp;

/// <summary>
/// Judges every frame of a connection before AMQPNetLite sees it: whether it is well formed, and whether the connection has had its share.
/// The library puts messages together without a limit, for clients without a key as well. Used by the connection's reader alone.
/// Also tells receivers of credit: the library loses count when a client repeats or takes back what it gave.
/// </summary>
internal sealed class FrameGuard
{
    public const int FrameHeader = 8;

    /// <summary>What a client needs to show a token is a few hundred bytes.</summary>
    public const int MostBytesOfAStranger = 64 * 1024;

    /// <summary>Above the largest message, so that one that is a little too large is refused and its link lives on.</summary>
    public const int MostBytesOfADelivery = 2 * QueueContainer.LargestMessage;

    private const int MostBytesUnfinished = 32 * 1024 * 1024;
    private const int MostPartsOfAStranger = 16;
    private const ulong Begin = 0x11;
    private const ulong Attach = 0x12;
    private const ulong Flow = 0x13;
    private const ulong Transfer = 0x14;
    private const ulong Detach = 0x16;
    private const ulong End = 0x17;

    private readonly Dictionary<(ushort Channel, uint Handle), int> _unfinished = [];
    private readonly Dictionary<(ushort Channel, uint Handle), (Action<Flow> Heard, Action? Left)> _receivers = [];
    private (ushort Channel, uint Handle) _attaching;
    private long _bytesUnfinished;
    private long _bytes;
    private int _parts;

    /// <param name="frame">A whole frame, its header included.</param>
    /// <param name="isStranger">The client has not shown a key yet.</param>
    /// <exception cref="AmqpException">The connection is to end with this error.</exception>
    public void Judge(ReadOnlySpan<byte> frame, bool isStranger)
    {
        _bytes += frame.Length;
        if (isStranger && _bytes > MostBytesOfAStranger)
            throw Exceeded($"Before it shows a valid token a connection may send {MostBytesOfAStranger} bytes.");
        if (frame.Length == FrameHeader) return;
        var body = frame[FrameHeader..];
        if (frame[4] != 2 || body[0] != 0 || Wire.Measure(body) is not { } length || Code(body) is not { } code)
            throw new AmqpException(new Error(ErrorCode.FramingError) { Description = "A frame is malformed." });
        if (code is Begin or Attach && isStranger && ++_parts > MostPartsOfAStranger)
            throw Exceeded($"Before it shows a valid token a connection may have {MostPartsOfAStranger} sessions and links.");
        var channel = BinaryPrimitives.ReadUInt16BigEndian(frame[6..]);
        if (code == Transfer) Count(channel, body[..length], body.Length - length);
        else if (code is Attach or Flow or Detach or End) Follow(channel, code, body[..length]);
    }

    /// <summary>Whoever is being attached hears of every credit that its client gives, and that its client ends the link.</summary>
    public void Receive(Action<Flow> heard, Action? left = null) => _receivers[_attaching] = (heard, left);

    private void Follow(ushort channel, ulong code, ReadOnlySpan<byte> performative)
    {
        switch (code)
        {
            case Attach:
                _attaching = (channel, Read<Attach>(performative).Handle);
                break;
            case Flow when _receivers.Count > 0 && Read<Flow>(performative) is { HasHandle: true } flow:
                if (_receivers.TryGetValue((channel, flow.Handle), out var receiver)) receiver.Heard(flow);
                break;
            case Detach when _receivers.Count > 0:
                Leave((channel, Read<Detach>(performative).Handle));
                break;
            case End when _receivers.Count > 0:
                foreach (var ended in _receivers.Keys.Where(key => key.Channel == channel).ToArray()) Leave(ended);
                break;
        }
    }

    private void Leave((ushort Channel, uint Handle) key)
    {
        if (_receivers.Remove(key, out var receiver)) receiver.Left?.Invoke();
    }

    private static T Read<T>(ReadOnlySpan<byte> performative) where T : Described, new()
    {
        var read = new T();
        read.Decode(new ByteBuffer(performative.ToArray(), 0, performative.Length, performative.Length));
        return read;
    }

    private void Count(ushort channel, ReadOnlySpan<byte> performative, int payload)
    {
        var transfer = Read<Transfer>(performative);
        var key = (channel, transfer.Handle);
        _unfinished.Remove(key, out var before);
        _bytesUnfinished -= before;
        if (!transfer.More) return;
        var bytes = before + payload;
        if (bytes > MostBytesOfADelivery)
            throw new AmqpException(new Error(
                ErrorCode.MessageSizeExceeded) { Description = $"A message or batch has at most {QueueContainer.LargestMessage} bytes." });
        _unfinished[key] = bytes;
        _bytesUnfinished += bytes;
        if (_bytesUnfinished > MostBytesUnfinished) throw Exceeded("Too many messages are under way that have not come to their end.");
    }

    /// <summary>The number that says which performative it is. The spelt-out name, which no client uses, is not read.</summary>
    private static ulong? Code(ReadOnlySpan<byte> body) => body[1] switch
    {
        0x44 => 0,
        0x53 => body[2],
        0x80 => BinaryPrimitives.ReadUInt64BigEndian(body[2..]),
        _ => null,
    };

    private static AmqpException Exceeded(string why) => new(new Error(ErrorCode.ResourceLimitExceeded) { Description = why });
}
