using System.Buffers.Binary;
using Amqp;

namespace Functions.Local.Amqp;

/// <summary>
/// Looks over encoded AMQP before AMQPNetLite decodes it. The library believes the counts that a client writes and reads nested values by
/// recursion: a frame of some bytes could ask it for gigabytes, or for a stack that ends the process.
/// </summary>
internal static class Wire
{
    private const int Deepest = 24;
    private const int MostValues = 50_000;
    private const byte Described = 0x00;

    /// <summary>The message, or null when it is none.</summary>
    public static Message? Decode(ByteBuffer buffer)
    {
        if (!IsMessage(buffer.Buffer.AsSpan(buffer.Offset, buffer.Length))) return null;
        try
        {
            return Message.Decode(buffer);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Whether it is a row of described values, as the sections of a message are.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> bytes)
    {
        var budget = MostValues;
        while (bytes.Length > 0)
        {
            if (bytes[0] != Described || !TrySkip(ref bytes, 0, ref budget)) return false;
        }

        return true;
    }

    /// <summary>The number of bytes of the value at the beginning; null when it is not whole, nested too deep, or claims more than is
    /// there.</summary>
    public static int? Measure(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        var budget = MostValues;
        return TrySkip(ref rest, 0, ref budget) ? bytes.Length - rest.Length : null;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> bytes, int depth, ref int budget)
    {
        if (bytes.IsEmpty || depth > Deepest || --budget < 0) return false;
        var code = bytes[0];
        bytes = bytes[1..];
        return code == Described
            ? TrySkip(ref bytes, depth + 1, ref budget) && TrySkip(ref bytes, depth + 1, ref budget)
            : TrySkipBody(code, ref bytes, depth, ref budget);
    }

    private static bool TrySkipBody(byte code, ref ReadOnlySpan<byte> bytes, int depth, ref int budget) => (code >> 4) switch
    {
        0x4 => true,
        0x5 => TryTake(ref bytes, 1, out _),
        0x6 => TryTake(ref bytes, 2, out _),
        0x7 => TryTake(ref bytes, 4, out _),
        0x8 => TryTake(ref bytes, 8, out _),
        0x9 => TryTake(ref bytes, 16, out _),
        0xA => TryReadLength(ref bytes, 1, out var length) && TryTake(ref bytes, length, out _),
        0xB => TryReadLength(ref bytes, 4, out var length) && TryTake(ref bytes, length, out _),
        0xC => TrySkipItems(ref bytes, 1, depth, ref budget),
        0xD => TrySkipItems(ref bytes, 4, depth, ref budget),
        0xE => TrySkipArray(ref bytes, 1, depth, ref budget),
        0xF => TrySkipArray(ref bytes, 4, depth, ref budget),
        _ => false,
    };

    /// <summary>A list or a map: its items fill the size that it says, to the byte.</summary>
    private static bool TrySkipItems(ref ReadOnlySpan<byte> bytes, int width, int depth, ref int budget)
    {
        if (!TryReadCompound(ref bytes, width, out var items, out var count)) return false;
        // An item has at least the byte that says what it is.
        if (count > items.Length) return false;
        for (var i = 0; i < count; i++)
        {
            if (!TrySkip(ref items, depth + 1, ref budget)) return false;
        }

        return items.IsEmpty;
    }

    private static bool TrySkipArray(ref ReadOnlySpan<byte> bytes, int width, int depth, ref int budget)
    {
        if (!TryReadCompound(ref bytes, width, out var items, out var count) || !TryTake(ref items, 1, out var code)) return false;
        // No client describes the items of an array; the library would read them otherwise than they are written.
        if (code[0] == Described || depth >= Deepest) return false;
        for (var i = 0; i < count; i++)
        {
            if (--budget < 0 || !TrySkipBody(code[0], ref items, depth + 1, ref budget)) return false;
        }

        return items.IsEmpty;
    }

    private static bool TryReadCompound(ref ReadOnlySpan<byte> bytes, int width, out ReadOnlySpan<byte> items, out int count)
    {
        items = default;
        count = 0;
        return TryReadLength(ref bytes, width, out var size) && TryTake(ref bytes, size, out items)
            && TryReadLength(ref items, width, out count);
    }

    private static bool TryReadLength(ref ReadOnlySpan<byte> bytes, int width, out int length)
    {
        length = 0;
        if (!TryTake(ref bytes, width, out var taken)) return false;
        length = width == 1 ? taken[0] : BinaryPrimitives.ReadInt32BigEndian(taken);
        return length >= 0;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> bytes, int count, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (count > bytes.Length) return false;
        taken = bytes[..count];
        bytes = bytes[count..];
        return true;
    }
}
