using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Club.Store;

namespace Club.Identity;

/// <summary>
/// A document under a key: <c>{"sealed":"…"}</c> with nonce, tag and text of AES-256-GCM in base64url. The document's place is
/// authenticated with it, so that no document passes for another.
/// </summary>
internal static class Seal
{
    private const int NonceBytes = 12, TagBytes = 16;
    private static ReadOnlySpan<byte> Head => "{\"sealed\":\""u8;
    private static ReadOnlySpan<byte> Tail => "\"}"u8;

    public static ReadOnlyMemory<byte> Close(ReadOnlySpan<byte> json, byte[] key, string partition, string id, string type)
    {
        var box = Filled(json, key, Place(partition, id, type));
        var closed = new byte[Head.Length + Base64Url.GetEncodedLength(box.Length) + Tail.Length];
        Head.CopyTo(closed);
        Base64Url.EncodeToUtf8(box, closed.AsSpan(Head.Length));
        Tail.CopyTo(closed.AsSpan(closed.Length - Tail.Length));
        return closed;
    }

    /// <summary>Nonce, tag and text in base64url, without the document around it.</summary>
    public static string Box(ReadOnlySpan<byte> text, byte[] key, byte[] place) => Base64Url.EncodeToString(Filled(text, key, place));

    private static byte[] Filled(ReadOnlySpan<byte> text, byte[] key, byte[] place)
    {
        var box = new byte[NonceBytes + TagBytes + text.Length];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, text, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), place);
        return box;
    }

    /// <summary>Whether it is sealed. A store may have put its own spaces.</summary>
    public static bool IsClosed(ReadOnlySpan<byte> json) => Text(json) is not [];

    /// <returns>Null when it is not what was sealed with this key, or not here.</returns>
    public static byte[]? Open(Document closed, byte[] key) =>
        Unbox(Text(closed.Json.Span), key, Place(closed.Partition, closed.Id, closed.Type));

    /// <returns>Null when it is not what was sealed, or not here.</returns>
    public static byte[]? Unbox(ReadOnlySpan<byte> sealedText, byte[] key, byte[] place)
    {
        try
        {
            var box = Base64Url.DecodeFromUtf8(sealedText);
            var text = new byte[box.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), text, place);
            return text;
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> json)
    {
        var begin = json.StartsWith(Head) ? Head.Length : json.StartsWith("{\"sealed\": \""u8) ? Head.Length + 1 : 0;
        return begin > 0 && json.EndsWith(Tail) ? json[begin..^Tail.Length] : [];
    }

    public static byte[] Place(string partition, string id, string type) => Encoding.UTF8.GetBytes($"{partition}\n{id}\n{type}");
}
