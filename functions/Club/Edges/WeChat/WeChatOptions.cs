using System.ComponentModel.DataAnnotations;
using Club.Access;

namespace Club.Edges.WeChat;

/// <summary>The official account's message push settings, as its console shows them. An empty value counts as unset.</summary>
public sealed class WeChatOptions : IValidatableObject
{
    public const string Section = "WeChat";

    private const string KeyShape = "^[A-Za-z0-9+/]{43}$";

    [Required(ErrorMessage = "WeChat__Token is missing: set the token of the account's message push settings.")]
    [StringLength(32, MinimumLength = 3, ErrorMessage = "WeChat__Token must have 3 to 32 characters.")]
    public string Token { get; set; } = "";

    [Required(ErrorMessage = "WeChat__AppId is missing: set the account's AppID (wx…).")]
    public string AppId { get; set; } = "";

    /// <summary>Needed for compatible and safe mode only.</summary>
    [RegularExpression(KeyShape, ErrorMessage = "WeChat__EncodingAesKey must be the 43 characters that the console shows.")]
    public string? EncodingAesKey { get; set; }

    /// <summary>The key before the last change: messages encrypted with it arrive for a while after.</summary>
    [RegularExpression(KeyShape, ErrorMessage = "WeChat__PreviousEncodingAesKey must be the 43 characters that the console showed.")]
    public string? PreviousEncodingAesKey { get; set; }

    /// <summary>
    /// Whether plain messages are refused: their signature does not cover the body. Unset, they are refused as soon as there is a key;
    /// <c>false</c> takes them beside encrypted ones, as while the console is being switched to safe mode.
    /// </summary>
    public bool? RequireEncryption { get; set; }

    /// <summary>
    /// How far the signed time of a call may lie from ours, either way. WeChat repeats a message within 15 seconds; widen it where events
    /// of cards, which are repeated for a day, turn out to carry the time of their first try.
    /// </summary>
    [Range(1, 1440, ErrorMessage = "WeChat__ToleranceMinutes must be from 1 to 1440.")]
    public int ToleranceMinutes { get; set; } = 5;

    /// <summary>Under which address members' phones reach the club, such as <c>https://club.example.org</c>: 会员卡 is answered with the
    /// card as a picture that lies there; unset: in words.</summary>
    public string? PublicAddress { get; set; }

    internal bool EncryptionIsRequired => RequireEncryption ?? !string.IsNullOrEmpty(EncodingAesKey);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(PublicAddress) && !AuthOptions.IsSafe(PublicAddress))
            yield return new($"WeChat__PublicAddress: \"{PublicAddress}\" is not an address that starts with https.", [nameof(PublicAddress)]);
        if (!string.IsNullOrEmpty(EncodingAesKey)) yield break;
        if (!string.IsNullOrEmpty(PreviousEncodingAesKey))
            yield return new("WeChat__PreviousEncodingAesKey is set without WeChat__EncodingAesKey.", [nameof(PreviousEncodingAesKey)]);
        if (RequireEncryption is true)
            yield return new("WeChat__RequireEncryption needs WeChat__EncodingAesKey.", [nameof(RequireEncryption)]);
    }
}
