using System.ComponentModel.DataAnnotations;

namespace Club.WeChat;

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
    /// Refuses plain messages. Their signature does not cover the body, so set this wherever the console says safe mode.
    /// </summary>
    public bool RequireEncryption { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(EncodingAesKey)) yield break;
        if (!string.IsNullOrEmpty(PreviousEncodingAesKey))
            yield return new("WeChat__PreviousEncodingAesKey is set without WeChat__EncodingAesKey.", [nameof(PreviousEncodingAesKey)]);
        if (RequireEncryption)
            yield return new("WeChat__RequireEncryption needs WeChat__EncodingAesKey.", [nameof(RequireEncryption)]);
    }
}
