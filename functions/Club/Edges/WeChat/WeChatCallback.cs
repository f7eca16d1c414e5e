using System.Globalization;
using System.Text;
using Club.Kernel;

namespace Club.Edges.WeChat;

/// <summary>The query of a call from WeChat, as it came.</summary>
public sealed record WeChatQuery(
    string? Signature = null, string? Timestamp = null, string? Nonce = null, string? EncryptType = null, string? MsgSignature = null,
    string? EchoStr = null);

/// <summary>
/// The whole of WeChat's callback protocol without HTTP: the address check, opening a message, answering it.
/// Source: developers.weixin.qq.com, message-push. Safe for concurrent use.
/// </summary>
public sealed class WeChatCallback
{

    private const int MaxEchoStr = 256;
    private const int MaxTimestamp = 11;
    private static readonly Problem BadSignature = new("wechat-signature", "The signature does not hold.") { Kind = ProblemKind.Unproven };

    private readonly string _token;
    private readonly bool _requireEncryption;
    private readonly WeChatCrypto? _crypto;
    private readonly TimeSpan _tolerance;
    private readonly TimeProvider _time;

    /// <exception cref="ArgumentException">The options were not validated: no token, or no AppID beside a key.</exception>
    public WeChatCallback(WeChatOptions options, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.Token);
        _token = options.Token;
        _requireEncryption = options.EncryptionIsRequired;
        _tolerance = TimeSpan.FromMinutes(options.ToleranceMinutes);
        _time = time;
        _crypto = string.IsNullOrEmpty(options.EncodingAesKey)
            ? null
            : new WeChatCrypto(options.AppId, options.EncodingAesKey, options.PreviousEncodingAesKey);
    }

    /// <summary>The answer to the GET that checks this address: echostr, to be returned as plain text. Problems: <c>wechat-signature</c>,
    /// <c>wechat-timestamp</c>, <c>wechat-malformed</c>.</summary>
    public Outcome<string> Echo(WeChatQuery query)
    {
        if (query.EchoStr is not { Length: > 0 and <= MaxEchoStr } echo) return BadSignature;
        if (Refusal(query, PlainSignatureHolds(query)) is { } refused) return refused;
        // Given back as it came or not at all: what was changed on its way would be told as right.
        return echo.All(character => character is > ' ' and <= '~')
            ? echo
            : new Problem("wechat-malformed",
                "echostr has something else than printable ASCII: it was changed on its way (a + is written %2B in an address).",
                "echostr");
    }

    /// <summary>
    /// Opens a POST: plain, compatible (only the encrypted part is believed) or safe mode. Problems: <c>wechat-too-large</c>,
    /// <c>wechat-signature</c>, <c>wechat-timestamp</c>, <c>wechat-malformed</c>, <c>wechat-decrypt</c>, <c>wechat-encryption-required</c>,
    /// <c>wechat-not-configured</c>.
    /// </summary>
    public Outcome<WeChatMessage> Open(WeChatQuery query, ReadOnlyMemory<byte> body) => Open(query, body, out _);

    /// <param name="isSigned">Whether the signature held, whatever became of the rest.</param>
    internal Outcome<WeChatMessage> Open(WeChatQuery query, ReadOnlyMemory<byte> body, out bool isSigned)
    {
        isSigned = false;
        if (body.Length > Limits.Body)
            return new Problem("wechat-too-large", $"The body is larger than {Limits.Body} bytes.") { Kind = ProblemKind.TooLarge };
        return query.EncryptType switch
        {
            null or "" or "raw" => OpenPlain(query, body, out isSigned),
            "aes" => OpenEncrypted(query, body, out isSigned),
            _ => new Problem("wechat-malformed", "encrypt_type is neither raw nor aes.", "encrypt_type"),
        };
    }

    /// <summary>The passive text reply to a message, in its form, and encrypted with its key where it was encrypted.</summary>
    /// <exception cref="InvalidOperationException">The message was encrypted and this callback has no key.</exception>
    public WeChatReply Reply(WeChatMessage message, string content, DateTimeOffset now) =>
        Close(WeChatReply.Text(message, content, now), message, now);

    /// <summary>The same with an article.</summary>
    /// <exception cref="InvalidOperationException">The message was encrypted and this callback has no key.</exception>
    public WeChatReply Reply(WeChatMessage message, WeChatArticle article, DateTimeOffset now) =>
        Close(WeChatReply.Article(message, article, now), message, now);

    private WeChatReply Close(WeChatReply reply, WeChatMessage message, DateTimeOffset now)
    {
        if (message.Key is not { } key) return reply;
        if (_crypto is null) throw new InvalidOperationException("An encrypted message cannot be answered without WeChat__EncodingAesKey.");
        var encrypted = _crypto.Encrypt(Encoding.UTF8.GetBytes(reply.Body), key);
        return WeChatReply.Sealed(message.Form, encrypted, _token, WeChatReply.NewNonce(), now);
    }

    private Outcome<WeChatMessage> OpenPlain(WeChatQuery query, ReadOnlyMemory<byte> body, out bool isSigned)
    {
        isSigned = false;
        if (_requireEncryption)
            return new Problem("wechat-encryption-required", "Plain messages are not accepted here: set the account to safe mode.");
        if (Refusal(query, PlainSignatureHolds(query)) is { } refused) return refused;
        isSigned = true;
        var envelope = WeChatEnvelope.Parse(body);
        return envelope.Succeeded ? WeChatMessage.From(envelope.Value) : envelope.Problem!;
    }

    private Outcome<WeChatMessage> OpenEncrypted(WeChatQuery query, ReadOnlyMemory<byte> body, out bool isSigned)
    {
        isSigned = false;
        if (_crypto is null) return new Problem("wechat-not-configured", "The message is encrypted and WeChat__EncodingAesKey is not set.");
        var outer = WeChatEnvelope.Parse(body);
        if (!outer.Succeeded) return outer.Problem!;
        if (outer.Value["Encrypt"] is not { } encrypt)
            return new Problem("wechat-malformed", "Encrypt is missing.", outer.Value.PathOf("Encrypt"));
        if (Refusal(query, WeChatSignature.Holds(query.MsgSignature, _token, query.Timestamp, query.Nonce, encrypt)) is { } refused)
            return refused;
        isSigned = true;

        var plain = _crypto.Decrypt(encrypt);
        if (!plain.Succeeded) return plain.Problem!;
        var inner = WeChatEnvelope.Parse(plain.Value.Content);
        if (!inner.Succeeded) return inner.Problem!;
        var message = WeChatMessage.From(inner.Value);
        return message.Succeeded ? message.Value with { Form = outer.Value.Form, Key = plain.Value.Key } : message;
    }

    private bool PlainSignatureHolds(WeChatQuery query) => WeChatSignature.Holds(query.Signature, _token, query.Timestamp, query.Nonce);

    /// <summary>A signature is good for minutes: what somebody copied from a log or a proxy works no longer. The time is signed, so it is
    /// looked at last.</summary>
    private Problem? Refusal(WeChatQuery query, bool holds)
    {
        if (!holds) return BadSignature;
        return query.Timestamp!.Length <= MaxTimestamp
            && long.TryParse(query.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(_time.GetUtcNow().ToUnixTimeSeconds() - seconds) <= (long)_tolerance.TotalSeconds
            ? null
            : new Problem("wechat-timestamp", $"timestamp is more than {_tolerance.TotalMinutes:0} minutes away from this clock.",
                "timestamp") { Kind = ProblemKind.Unproven };
    }
}
