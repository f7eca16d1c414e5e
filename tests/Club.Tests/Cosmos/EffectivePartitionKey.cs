using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Club.Tests.Cosmos;

/// <summary>
/// Where a partition lies among a container's ranges: the version 2 hash of Cosmos DB (MurmurHash3, 128 bits), upside down and without its
/// upper two bits, in hexadecimal. The client computes it too, and the gateway refuses what the client sent to the wrong range.
/// </summary>
internal static class EffectivePartitionKey
{
    private const byte StringComponent = 8;
    private const byte EndOfString = 0xFF;
    private const ulong C1 = 0x87c37b91114253d5;
    private const ulong C2 = 0x4cf5ad432745937f;

    public static string Of(string partition)
    {
        byte[] text = [StringComponent, .. Encoding.UTF8.GetBytes(partition), EndOfString];
        Span<byte> hash = stackalloc byte[16];
        unchecked { Hash(text, hash); }
        hash.Reverse();
        hash[0] &= 0x3F;
        return Convert.ToHexString(hash);
    }

    private static void Hash(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        unchecked
        {
            ulong low = 0, high = 0;
            var position = 0;
            for (; position + 16 <= data.Length; position += 16)
            {
                low ^= Low(BinaryPrimitives.ReadUInt64LittleEndian(data[position..]));
                low = (BitOperations.RotateLeft(low, 27) + high) * 5 + 0x52dce729;
                high ^= High(BinaryPrimitives.ReadUInt64LittleEndian(data[(position + 8)..]));
                high = (BitOperations.RotateLeft(high, 31) + low) * 5 + 0x38495ab5;
            }
            Span<byte> tail = stackalloc byte[16];
            tail.Clear();
            data[position..].CopyTo(tail);
            high ^= High(BinaryPrimitives.ReadUInt64LittleEndian(tail[8..]));
            low ^= Low(BinaryPrimitives.ReadUInt64LittleEndian(tail));

            low ^= (ulong)data.Length;
            high ^= (ulong)data.Length;
            low += high;
            high += low;
            low = Mixed(low);
            high = Mixed(high);
            low += high;
            high += low;
            BinaryPrimitives.WriteUInt64LittleEndian(hash, low);
            BinaryPrimitives.WriteUInt64LittleEndian(hash[8..], high);
        }
    }

    private static ulong Low(ulong word) => unchecked(BitOperations.RotateLeft(word * C1, 31) * C2);

    private static ulong High(ulong word) => unchecked(BitOperations.RotateLeft(word * C2, 33) * C1);

    private static ulong Mixed(ulong word)
    {
        unchecked
        {
            word = (word ^ (word >> 33)) * 0xff51afd7ed558ccd;
            word = (word ^ (word >> 33)) * 0xc4ceb9fe1a85ec53;
            return word ^ (word >> 33);
        }
    }
}
