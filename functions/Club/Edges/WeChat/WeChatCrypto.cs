using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Club.Kernel;

namespace Club.Edges.WeChat;

/// <summary>Which of the two configured keys a message was encrypted with; its reply must use the same.</summary>
public enum WeChatKey { Current, Previous }

/// <param name="Content">The message, UTF-8.</param>
public sealed record WeChatPlaintext(ReadOnlyMemory<byte> Content, WeChatKey Key);

/// <summary>
/// WeChat's message encryption: AES-256-CBC, IV = the key's first 16 bytes, over
/// <c>random16 + length (uint32, big endian) + content + appid</c>, padded to 32-byte blocks (pad 1 to 32).
/// Source: developers.weixin.qq.com, message-push. .NET's own PKCS7 refuses pads above 16, so the padding is done here.
/// </summary>
public sealed class WeChatCrypto
{
    private const int RandomLength = 16;
    private const int HeaderLength = RandomLength + sizeof(uint);
    private const int AesBlock = 16;
    private const int PadBlock = 32;

    // One answer for every reason, so that nobody learns from refusals how to forge a message.
    private static readonly Problem Refusal = new("wechat-decrypt", "The message cannot be decrypted with the configured keys.",
        "Encrypt") { Kind = ProblemKind.Unproven };

    private readonly byte[] _appId;
    private readonly byte[] _current;
    private readonly byte[]? _previous;

    /// <exception cref="FormatException">A key is not 43 characters of Base64.</exception>
    public WeChatCrypto(string appId, string encodingAesKey, string? previousEncodingAesKey = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(appId);
        _appId = Encoding.UTF8.GetBytes(appId);
        _current = KeyFrom(encodingAesKey);
        _previous = string.IsNullOrEmpty(previousEncodingAesKey) ? null : KeyFrom(previousEncodingAesKey);
    }

    /// <summary>Tries the current key, then the previous. Problem: <c>wechat-decrypt</c>.</summary>
    public Outcome<WeChatPlaintext> Decrypt(string encrypt)
    {
        var ciphertext = new byte[encrypt.Length / 4 * 3];
        if (!Convert.TryFromBase64String(encrypt, ciphertext, out var length) || length == 0 || length % AesBlock != 0) return Refusal;

        var sealedMessage = ciphertext.AsSpan(0, length);
        if (Open(_current, sealedMessage) is { } content) return new WeChatPlaintext(content, WeChatKey.Current);
        if (_previous is not null && Open(_previous, sealedMessage) is { } older) return new WeChatPlaintext(older, WeChatKey.Previous);
        return Refusal;
    }

    /// <exception cref="InvalidOperationException">The previous key is asked for and there is none.</exception>
    public string Encrypt(ReadOnlySpan<byte> content, WeChatKey key)
    {
        Span<byte> random = stackalloc byte[RandomLength];
        RandomNumberGenerator.Fill(random);
        return Encrypt(content, key, random);
    }

    internal string Encrypt(ReadOnlySpan<byte> content, WeChatKey key, ReadOnlySpan<byte> random16)
    {
        var length = HeaderLength + content.Length + _appId.Length;
        var pad = PadBlock - length % PadBlock;
        var full = new byte[length + pad];
        random16.CopyTo(full);
        BinaryPrimitives.WriteUInt32BigEndian(full.AsSpan(RandomLength), (uint)content.Length);
        content.CopyTo(full.AsSpan(HeaderLength));
        _appId.CopyTo(full, HeaderLength + content.Length);
        full.AsSpan(length).Fill((byte)pad);

        using var aes = Aes.Create();
        aes.Key = KeyOf(key);
        return Convert.ToBase64String(aes.EncryptCbc(full, aes.Key.AsSpan(0, AesBlock), PaddingMode.None));
    }

    private byte[] KeyOf(WeChatKey key) =>
        key == WeChatKey.Current ? _current : _previous ?? throw new InvalidOperationException("There is no previous EncodingAESKey.");

    private ReadOnlyMemory<byte>? Open(byte[] key, ReadOnlySpan<byte> ciphertext)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var full = aes.DecryptCbc(ciphertext, key.AsSpan(0, AesBlock), PaddingMode.None);

        int pad = full[^1];
        if (pad is < 1 or > PadBlock || pad > full.Length || full.AsSpan(full.Length - pad).ContainsAnyExcept((byte)pad)) return null;

        var contentLength = full.Length - pad - HeaderLength - _appId.Length;
        if (contentLength < 0 || BinaryPrimitives.ReadUInt32BigEndian(full.AsSpan(RandomLength)) != (uint)contentLength) return null;
        if (!CryptographicOperations.FixedTimeEquals(full.AsSpan(HeaderLength + contentLength, _appId.Length), _appId)) return null;
        return full.AsMemory(HeaderLength, contentLength);
    }

    private static byte[] KeyFrom(string encodingAesKey) =>
        encodingAesKey.Length == 43
            ? Convert.FromBase64String(encodingAesKey + "=")
            : throw new FormatException("An EncodingAESKey has 43 characters.");
}
