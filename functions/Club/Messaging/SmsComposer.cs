using Club.Kernel;

namespace Club.Messaging;

/// <summary>Puts the signature and the opt-out line around a text, as China's providers ask: <c>【车友会】…拒收请回复R</c>.</summary>
public static class SmsComposer
{
    public const int MinSignature = 2;
    public const int MaxSignature = 16;

    /// <summary>The most characters (UTF-16 units) of a whole message.</summary>
    public const int MaxLength = 500;

    private const string Brackets = "【】";

    /// <param name="optOut">How to refuse further messages; empty for a message that is no advertisement.</param>
    /// <returns>Problems: <c>sms-signature</c>, <c>sms-body</c>, <c>sms-too-long</c>.</returns>
    public static Outcome<string> Compose(string signature, string body, string? optOut)
    {
        if (signature.Length is < MinSignature or > MaxSignature || HasBrackets(signature) || signature.Any(char.IsWhiteSpace))
            return new Problem("sms-signature",
                $"The signature must have {MinSignature} to {MaxSignature} characters, without 【, 】 and spaces.");
        if (string.IsNullOrWhiteSpace(body)) return new Problem("sms-body", "The message has no text.");
        if (HasBrackets(body) || HasBrackets(optOut ?? "")) return new Problem("sms-body", "Only the signature may stand in 【】.");

        var text = $"【{signature}】{body.Trim()}{optOut}";
        return text.Length > MaxLength
            ? new Problem("sms-too-long",
                $"The message has {text.Length} characters with signature and opt-out line; {MaxLength} are allowed.")
            : text;
    }

    private static bool HasBrackets(string text) => text.AsSpan().ContainsAny(Brackets);
}
