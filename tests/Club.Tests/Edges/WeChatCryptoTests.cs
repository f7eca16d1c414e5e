using System.Security.Cryptography;
using System.Text;
using Club.Edges.WeChat;
using CsCheck;
using Xunit;

namespace Club.Tests.Edges;

public sealed class WeChatCryptoTests
{
    private const string AppId = "wx49f0ab532d5d035a";
    private const string Key = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR";
    private const string OlderKey = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";

    private static readonly WeChatCrypto Crypto = new(AppId, Key);

    public static TheoryData<string> Published => Vectors.Names(Vectors.WeChat("aes"), "id");

    [Theory, MemberData(nameof(Published))]
    public void A_published_message_decrypts(string id)
    {
        var v = Vectors.WeChatById(id);
        var plain = new WeChatCrypto(v.Text("appId"), v.Text("encodingAesKey")).Decrypt(v.Text("encrypt"));
        Assert.Equal(v.GetProperty("expected").Text("plaintext"), Encoding.UTF8.GetString(plain.Value.Content.Span));
        Assert.Equal(WeChatKey.Current, plain.Value.Key);
    }

    [Theory, MemberData(nameof(Published))]
    public void A_published_message_encrypts_to_the_same_bytes_and_signature(string id)
    {
        var v = Vectors.WeChatById(id);
        var expected = v.GetProperty("expected");
        var encrypted = new WeChatCrypto(v.Text("appId"), v.Text("encodingAesKey"))
            .Encrypt(Encoding.UTF8.GetBytes(expected.Text("plaintext")), WeChatKey.Current,
                Encoding.ASCII.GetBytes(expected.Text("random16")));
        Assert.Equal(v.Text("encrypt"), encrypted);
        Assert.True(WeChatSignature.Holds(v.Text("msg_signature"), v.Text("token"), v.Text("timestamp"), v.Text("nonce"), encrypted));
    }

    [Fact]
    public void Any_text_comes_back_from_encryption() =>
        Gen.Select(Gen.OneOf("会员", "a", "🚗", "👨‍👩‍👧", "\n", "]]>").Array[0, 1000], Gen.Int[0, 40]).Sample((parts, extra) =>
        {
            var content = Encoding.UTF8.GetBytes(string.Concat(parts) + new string('x', extra));
            return Crypto.Decrypt(Crypto.Encrypt(content, WeChatKey.Current)).Value.Content.Span.SequenceEqual(content);
        }, iter: 300);

    [Fact]
    public void Every_length_to_5000_comes_back_in_whole_blocks()
    {
        var content = new byte[5000];
        for (var length = 0; length <= content.Length; length++)
        {
            var encrypted = Crypto.Encrypt(content.AsSpan(0, length), WeChatKey.Current);
            Assert.Equal(0, Convert.FromBase64String(encrypted).Length % 32);
            Assert.Equal(length, Crypto.Decrypt(encrypted).Value.Content.Length);
        }
    }

    [Fact]
    public void The_key_that_decrypted_is_told_and_encrypts_the_reply()
    {
        var rotated = new WeChatCrypto(AppId, Key, OlderKey);
        var older = new WeChatCrypto(AppId, OlderKey);
        Assert.Equal(WeChatKey.Previous, rotated.Decrypt(older.Encrypt("x"u8, WeChatKey.Current)).Value.Key);
        Assert.Equal(WeChatKey.Current, rotated.Decrypt(Crypto.Encrypt("x"u8, WeChatKey.Current)).Value.Key);
        Assert.True(older.Decrypt(rotated.Encrypt("x"u8, WeChatKey.Previous)).Succeeded);
        Assert.False(Crypto.Decrypt(rotated.Encrypt("x"u8, WeChatKey.Previous)).Succeeded);
    }

    [Fact]
    public void Two_encryptions_of_one_text_differ() =>
        Assert.NotEqual(Crypto.Encrypt("x"u8, WeChatKey.Current), Crypto.Encrypt("x"u8, WeChatKey.Current));

    [Fact]
    public void Whatever_is_wrong_the_refusal_is_the_same()
    {
        var good = Convert.FromBase64String(Crypto.Encrypt("hello"u8, WeChatKey.Current));
        string[] bad =
        [
            "", "A", "AAAA", "not base64 at all", Convert.ToBase64String(good[..^1]), Convert.ToBase64String(good[..^16]),
                Convert.ToBase64String([.. good, .. new byte[16]]),
            new WeChatCrypto("wx0000000000000000", Key).Encrypt("hello"u8, WeChatKey.Current),
            new WeChatCrypto(AppId + "0", Key).Encrypt("hello"u8, WeChatKey.Current),
            new WeChatCrypto(AppId[1..], Key).Encrypt("hello"u8, WeChatKey.Current),
            new WeChatCrypto(AppId, OlderKey).Encrypt("hello"u8, WeChatKey.Current),
            .. Enumerable.Range(0, 256).Where(pad => pad is 0 or > 32).Select(pad => WithPadding((byte)pad, (byte)pad)),
            WithPadding(48, 48, count: 48), WithPadding(64, 64, count: 64), WithPadding(32, 31), WithPadding(32, 0), WithPadding(31, 32),
            WithPadding(16, 15, count: 16),
        ];
        var answers = bad.Select(encrypt => Crypto.Decrypt(encrypt)).ToList();
        Assert.All(answers, a => Assert.Equal("wechat-decrypt", a.Problem?.Code));
        Assert.Single(answers.Select(a => a.Problem).Distinct());
        Assert.True(Crypto.Decrypt(WithPadding(32, 32)).Succeeded);
    }

    [Fact]
    public void A_length_field_that_lies_is_refused()
    {
        foreach (var length in (uint[])[0, 4, 6, 5 + 18, int.MaxValue, uint.MaxValue])
        {
            var full = Full("hello"u8);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(full.AsSpan(16), length);
            Assert.Equal("wechat-decrypt", Crypto.Decrypt(Encrypted(full)).Problem?.Code);
        }
        Assert.True(Crypto.Decrypt(Encrypted(Full("hello"u8))).Succeeded);
    }

    [Fact]
    public void A_flipped_byte_never_throws()
    {
        var good = Convert.FromBase64String(Crypto.Encrypt("""{"MsgType":"text","Content":"你好"}"""u8, WeChatKey.Current));
        for (var i = 0; i < good.Length; i++)
        {
            var flipped = (byte[])good.Clone();
            flipped[i] ^= 0x80;
            // A flip in the random prefix's or the content's block still decrypts; that is what msg_signature is for.
            if (Crypto.Decrypt(Convert.ToBase64String(flipped)) is { Succeeded: false, Problem.Code: var code })
                Assert.Equal("wechat-decrypt", code);
        }
    }

    [Theory]
    [InlineData("short")]
    [InlineData("kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1a!")]
    public void A_key_of_another_shape_is_refused(string key) => Assert.Throws<FormatException>(() => new WeChatCrypto(AppId, key));

    private static byte[] Full(ReadOnlySpan<byte> content)
    {
        var appId = Encoding.ASCII.GetBytes(AppId);
        byte[] full = [.. new byte[16], 0, 0, 0, (byte)content.Length, .. content, .. appId];
        var pad = 32 - full.Length % 32;
        return [.. full, .. Enumerable.Repeat((byte)pad, pad)];
    }

    /// <summary>A message with <paramref name="count"/> bytes of padding, of which the last says <paramref name="claimed"/> and the others
    /// <paramref name="filler"/>.</summary>
    private static string WithPadding(byte claimed, byte filler, int count = 32)
    {
        // 16 + 4 + 26 + 18 = 64, so that the padding fills whole blocks.
        var full = Full("abcdefghijklmnopqrstuvwxyz"u8);
        Array.Resize(ref full, 64 + count);
        Array.Fill(full, filler, 64, count);
        full[^1] = claimed;
        return Encrypted(full);
    }

    private static string Encrypted(byte[] full)
    {
        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(Key + "=");
        return Convert.ToBase64String(aes.EncryptCbc(full, aes.Key.AsSpan(0, 16), PaddingMode.None));
    }
}
