using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Club.Proof;

/// <summary>A SHA-256. The default, all zeros, stands for none.</summary>
public readonly record struct Digest
{
    public const int Size = SHA256.HashSizeInBytes;

    private readonly UInt128 _first, _last;

    private Digest(UInt128 first, UInt128 last) => (_first, _last) = (first, last);

    public static Digest Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(bytes, hash);
        return Read(hash);
    }

    /// <summary>The 32 bytes as they are.</summary>
    public static Digest Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<Digest>(bytes);

    public void Write(Span<byte> to) => MemoryMarshal.Write(to, in this);

    /// <summary>64 digits in lower-case hexadecimal.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Digest digest)
    {
        digest = default;
        if (text.Length != 2 * Size || text.ContainsAnyInRange('A', 'F')) return false;
        Span<byte> bytes = stackalloc byte[Size];
        if (Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        digest = Read(bytes);
        return true;
    }

    public static Digest operator ^(Digest a, Digest b) => new(a._first ^ b._first, a._last ^ b._last);

    /// <summary>In lower-case hexadecimal.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
