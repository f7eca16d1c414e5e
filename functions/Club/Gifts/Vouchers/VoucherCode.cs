using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Club.Gifts;

/// <summary>
/// The code of a voucher that the club makes: <c>VABC-DEFG-…</c>, twenty characters of an alphabet without 0, O, 1 and I. After the V come
/// four that name the batch, fourteen that hold the voucher's number, and one that tells when a character was mistyped or two were swapped.
/// Pure.
/// </summary>
/// <remarks>
/// Number and code are one to one under the batch's key: 46 bits are a keyed hash of the number, 24 the number, hidden by a keyed hash of
/// those 46. Whoever has seen a million codes knows nothing of the next, and of 2^46 guesses one is good, whatever number it tells.
/// </remarks>
public static class VoucherCode
{
    public const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    public const int BatchLength = 4;

    /// <summary>The most vouchers of one batch.</summary>
    public const int MostVouchers = 1_000_000;

    private const int Length = 20, BodyLength = 14, NumberBits = 24, TagBits = 46;
    private const char First = 'V';
    private const string Dashed = "-";

    /// <summary>The code as it is kept and compared: without dashes and spaces, in capitals; null when it is not of this form, so that it
    /// can
    /// only be one that somebody else made.</summary>
    public static string? Plain(string text)
    {
        if (text.Length > Length * 2) return null;
        var plain = string.Concat(text.Where(c => c != '-' && !char.IsWhiteSpace(c))).ToUpperInvariant();
        return plain.Length == Length && plain[0] == First && plain.All(char.IsAsciiLetterOrDigit) ? plain : null;
    }

    /// <summary>Whether nothing in it was mistyped. Needs no key: it keeps nobody from guessing, and whoever mistyped from a
    /// read.</summary>
    public static bool IsWellTyped(string plain) => plain.All(c => Value(c) >= 0) && Check(plain.AsSpan(0, Length - 1)) == Value(plain[^1]);

    /// <summary>The batch that a code names.</summary>
    public static string BatchOf(string plain) => plain.Substring(1, BatchLength);

    /// <param name="key">Of the batch.</param>
    public static string Of(string batch, int number, byte[] key)
    {
        var tag = Tag(number, key);
        var body = (UInt128)tag << NumberBits | ((uint)number ^ Mask(tag, key));
        Span<char> code = stackalloc char[Length];
        code[0] = First;
        batch.CopyTo(code[1..]);
        for (var at = BodyLength - 1; at >= 0; at--)
        {
            code[1 + BatchLength + at] = Alphabet[(int)(body & 31)];
            body >>= 5;
        }
        code[^1] = Alphabet[Check(code[..^1])];
        return new string(code);
    }

    /// <summary>The number of a code that is well typed; null: nobody made it.</summary>
    public static int? NumberOf(string plain, byte[] key)
    {
        UInt128 body = 0;
        foreach (var c in plain.AsSpan(1 + BatchLength, BodyLength)) body = body << 5 | (uint)Value(c);
        var tag = (ulong)(body >> NumberBits);
        var number = (int)((uint)(body & ((1 << NumberBits) - 1)) ^ Mask(tag, key));
        return Tag(number, key) == tag ? number : null;
    }

    /// <summary>As it is shown: in groups of four.</summary>
    public static string Shown(string plain) => string.Join(Dashed, plain.Chunk(4).Select(group => new string(group)));

    private static ulong Tag(int number, byte[] key) => Hash(key, 1, (ulong)number) >> (64 - TagBits);

    private static uint Mask(ulong tag, byte[] key) => (uint)(Hash(key, 2, tag) >> (64 - NumberBits));

    private static ulong Hash(byte[] key, byte what, ulong value)
    {
        Span<byte> text = stackalloc byte[1 + sizeof(ulong)];
        text[0] = what;
        BinaryPrimitives.WriteUInt64BigEndian(text[1..], value);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, text, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    private static int Value(char c) => Alphabet.IndexOf(c, StringComparison.Ordinal);

    /// <summary>A polynomial over the field of 32 elements: each place has a weight of its own, so that one other character, or any two
    /// that
    /// changed places, come to another check.</summary>
    private static int Check(ReadOnlySpan<char> text)
    {
        var check = 0;
        foreach (var c in text) check = Twice(check ^ Value(c));
        return check;
    }

    /// <summary>Times x, modulo x^5 + x^2 + 1.</summary>
    private static int Twice(int value) => (value << 1 ^ ((value & 16) == 0 ? 0 : 0b100101)) & 31;
}
