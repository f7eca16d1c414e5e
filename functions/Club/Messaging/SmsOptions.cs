using System.ComponentModel.DataAnnotations;

namespace Club.Messaging;

/// <summary>How the club's messages are signed, and when they may go out.</summary>
public sealed class SmsOptions : IValidatableObject
{
    public const string Section = "Sms";
    private const int MinWebhookKey = 24;

    /// <summary>Stands in 【】 before every text.</summary>
    public string Signature { get; set; } = "车友会";

    /// <summary>Ends every advertisement.</summary>
    [Required(ErrorMessage = "Sms__OptOut is empty: advertisements must say how to refuse them.")]
    public string OptOut { get; set; } = "拒收请回复R";

    /// <summary>The number or name that the provider sends from.</summary>
    public string? From { get; set; }

    /// <summary>The time of day, in the brand's time zone, from which messages go out.</summary>
    public TimeOnly AllowedFrom { get; set; } = QuietHours.Default.From;

    /// <summary>The time of day at which messages stop.</summary>
    public TimeOnly AllowedTo { get; set; } = QuietHours.Default.To;

    /// <summary>Keys that may stand in the address of the provider's subscription (<c>?key=…</c>). Several while one is being
    /// changed.</summary>
    public IList<string> WebhookKeys { get; init; } = [];

    /// <summary>Answers, read with the words that <see cref="OptOut"/> asks for.</summary>
    public SmsReplies Replies => new(OptOutLine.Words(OptOut));

    public QuietHours QuietHours => new(AllowedFrom, AllowedTo);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SmsComposer.Compose(Signature ?? "", "-", null).Problem is { } signature)
            yield return new($"Sms__Signature: {signature.Message}", [nameof(Signature)]);
        if (SmsComposer.Compose("车友会", "-", OptOut).Problem is { } optOut)
            yield return new($"Sms__OptOut: {optOut.Message}", [nameof(OptOut)]);
        if (OptOut is not null && WrongWord(OptOut) is { } word)
            yield return new($"Sms__OptOut: {word}", [nameof(OptOut)]);
        for (var i = 0; i < WebhookKeys.Count; i++)
            if (WebhookKeys[i].Length < MinWebhookKey || !WebhookKeys[i].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
                yield return new(
                    $"Sms__WebhookKeys__{i}: at least {MinWebhookKey} letters, digits, - and _ are expected, for it stands in an address.",
                    [nameof(WebhookKeys)]);
        if (AllowedFrom >= AllowedTo)
            yield return new("Sms__AllowedFrom must be before Sms__AllowedTo.", [nameof(AllowedFrom)]);
    }

    /// <summary>Members are asked to answer with a word, so the club must know it when it comes.</summary>
    private static string? WrongWord(string line)
    {
        if (OptOutLine.Words(line) is not { Count: > 0 } words)
            return $"the word to refuse with cannot be read from \"{line}\". Write it like 拒收请回复R or 退订回T.";
        return words.FirstOrDefault(word => new SmsReplies().Read(word) == SmsIntent.OptIn) is { } taken
            ? $"\"{taken}\" asks for messages again, it cannot refuse them." : null;
    }
}
