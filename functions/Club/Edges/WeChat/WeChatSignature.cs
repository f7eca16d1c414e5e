using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Club.Edges.WeChat;

/// <summary>
/// WeChat's signature: lower-case hex SHA-1 of the parts, sorted ordinally and joined. The parts are token, timestamp and nonce,
/// and for <c>msg_signature</c> the Encrypt field too.
/// </summary>
public static class WeChatSignature
{
    public static string Of(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        Hash(parts, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>Compares in constant time. An absent signature or part never holds.</summary>
    public static bool Holds(string? signature, params ReadOnlySpan<string?> parts)
    {
        foreach (var part in parts)
            if (string.IsNullOrEmpty(part)) return false;

        Span<byte> given = stackalloc byte[SHA1.HashSizeInBytes];
        if (signature?.Length != 2 * given.Length || Convert.FromHexString(signature, given, out _, out _) != OperationStatus.Done)
            return false;

        Span<byte> expected = stackalloc byte[SHA1.HashSizeInBytes];
        Hash(parts!, expected);
        return CryptographicOperations.FixedTimeEquals(given, expected);
    }

    private static void Hash(ReadOnlySpan<string> parts, Span<byte> hash)
    {
        var sorted = parts.ToArray();
        Array.Sort(sorted, StringComparer.Ordinal);
        var joined = string.Concat(sorted);
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(joined.Length));
        var length = Encoding.UTF8.GetBytes(joined, buffer);
#pragma warning disable CA5350 // WeChat prescribes SHA-1.
        SHA1.HashData(buffer.AsSpan(0, length), hash);
#pragma warning restore CA5350
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
