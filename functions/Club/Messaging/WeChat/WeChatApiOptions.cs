using System.ComponentModel.DataAnnotations;

namespace Club.Messaging;

/// <summary>How WeChat's API is called, beside what section <c>WeChat</c> says of its callback.</summary>
public sealed class WeChatApiOptions : IValidatableObject
{
    public const string Section = "WeChat";

    /// <summary>The same as of the callback.</summary>
    public string AppId { get; set; } = "";

    /// <summary>Unset: nobody is written to by WeChat.</summary>
    public string? AppSecret { get; set; }

    public string ApiUrl { get; set; } = "https://api.weixin.qq.com";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(ApiUrl, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback)
            yield return new("WeChat__ApiUrl must be an address that begins with https://.", [nameof(ApiUrl)]);
    }
}
