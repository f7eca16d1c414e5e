using System.Buffers.Binary;
using System.Numerics;

namespace Sqlite.Integrity;

/// <summary>A row's own checksum (CRC-32C over all that it holds): whatever single bit turns over in the file is noticed before it is
/// served.</summary>
public static class Checksum
{
    /// <summary>Of what the caller wrote; every part is closed by its length.</summary>
    public static uint OfContent(
        ReadOnlySpan<byte> partition, ReadOnlySpan<byte> id, ReadOnlySpan<byte> type, ReadOnlySpan<byte> keys, ReadOnlySpan<byte> body)
    {
        var sum = Add(uint.MaxValue, partition);
        sum = Add(sum, id);
        sum = Add(sum, type);
        sum = Add(sum, keys);
        return Add(sum, body);
    }

    /// <summary>Of the whole row.</summary>
    public static long OfRow(uint content, long n, long version, long bucket) =>
        unchecked(BitOperations.Crc32C(BitOperations.Crc32C(BitOperations.Crc32C(content, (ulong)n), (ulong)version), (ulong)bucket));

    /// <summary>A checksum carried on over further bytes and their number.</summary>
    public static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length;
        for (; bytes.Length >= 8; bytes = bytes[8..]) sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) sum = BitOperations.Crc32C(sum, one);
        return BitOperations.Crc32C(sum, (uint)length);
    }
}
