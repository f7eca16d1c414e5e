using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Club.Kernel;

/// <summary>Identifiers of the club. None carries personal data.</summary>
public static class Ids
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly AsyncLocal<Action<Span<byte>>?> Chance = new();

    /// <summary>Has the random ids of this call, and of what it calls, made from bytes that <paramref name="chance"/> fills in: a club that
    /// is made twice from one seed is the same. Null: from the machine's chance, as without it.</summary>
    public static void MakeFrom(Action<Span<byte>>? chance) => Chance.Value = chance;

    /// <summary>A new member id: <c>M</c> and 80 random bits in Crockford base 32.</summary>
    public static MemberId NewMember() => new(Random("M"));

    /// <summary><paramref name="prefix"/> and 80 random bits in Crockford base 32.</summary>
    public static string Random(string prefix)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (Chance.Value is { } chance) chance(bytes);
        else RandomNumberGenerator.Fill(bytes);
        return Crockford(prefix, bytes);
    }

    /// <summary><paramref name="prefix"/> and the first 80 bits of 16 bytes in Crockford base 32.</summary>
    public static string Crockford(string prefix, ReadOnlySpan<byte> bytes) =>
        string.Create(prefix.Length + 16, (prefix, Bits: BitConverter.ToUInt128(bytes)), static (text, state) =>
        {
            state.prefix.CopyTo(text);
            var bits = state.Bits;
            foreach (ref var c in text[state.prefix.Length..])
            {
                c = Alphabet[(int)(bits & 31)];
                bits >>= 5;
            }
        });

    /// <summary>
    /// A stable id derived from <paramref name="parts"/>: 132 bits of SHA-256, URL-safe. The one way in which texts are joined into a key
    /// or a digest: each part has its length before it and null is other than empty, so that no text can pass for another list of texts,
    /// whatever separators it holds.
    /// </summary>
    public static string Derived(string prefix, params ReadOnlySpan<string?> parts)
    {
        var size = 0;
        foreach (var part in parts) size += sizeof(int) + sizeof(char) * (part?.Length ?? 0);
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        var left = buffer.AsSpan(0, size);
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(left, part?.Length ?? -1);
            // The characters as they are: an encoding would make one of all that is no whole Unicode.
            var text = MemoryMarshal.AsBytes(part.AsSpan());
            text.CopyTo(left[sizeof(int)..]);
            left = left[(sizeof(int) + text.Length)..];
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, size), hash);
        ArrayPool<byte>.Shared.Return(buffer);
        return prefix + Base64Url(hash[..18])[..22];
    }

    public static string Base64Url(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    /// <summary>The sweep bucket, 0 to 63, of a partition: stable across processes.</summary>
    public static int Bucket(string partition)
    {
        var hash = Hash(partition);
        return (int)((hash ^ (hash >> 16)) & 63);
    }

    /// <summary>FNV-1a of the characters: spreads ids evenly and the same way in every process. Not for secrets.</summary>
    public static uint Hash(string id)
    {
        uint hash = 2166136261;
        foreach (var c in id) hash = unchecked((hash ^ c) * 16777619);
        return hash;
    }
}
