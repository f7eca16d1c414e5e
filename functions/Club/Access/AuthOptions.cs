using System.ComponentModel.DataAnnotations;

namespace Club.Access;

/// <summary>Whose tokens the club trusts.</summary>
public sealed class AuthOptions : IValidatableObject
{
    public const string Section = "Auth";
    private const int LeastKey = 32;

    /// <summary>The OIDC issuer of the brand's staff, such as <c>https://login.microsoftonline.com/…/v2.0</c>; null: no staff sign in by
    /// token.</summary>
    public string? Authority { get; set; }

    /// <summary>For whom a token must be made out.</summary>
    [Required]
    public string Audience { get; set; } = "club";

    /// <summary>As whom the issuer knows the console; null: nobody is led there, tokens are pasted.</summary>
    public string? ClientId { get; set; }

    /// <summary>Proves to the issuer that it is the console; null where the issuer asks for none.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What the console asks the issuer for.</summary>
    [Required]
    public string Scope { get; set; } = "openid profile";

    /// <summary>Under which address browsers reach the console, such as <c>https://club.example.org</c>; null: whatever the browser
    /// says.</summary>
    public string? ConsoleAddress { get; set; }

    /// <summary>Signs the club's own tokens; null: it gives none.</summary>
    public string? TokenKey { get; set; }

    /// <summary>Whether the club's own tokens may name staff, not members only: for a machine of one's own, without an issuer.</summary>
    public bool OwnStaffTokens { get; set; }

    /// <summary>Whether what goes there is read by nobody on the way: https, or this machine.</summary>
    internal static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp && address.IsLoopback;

    internal static bool IsSafe(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && IsSafe(address);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TokenKey is { } key && key.Length < LeastKey)
            yield return new($"Auth__TokenKey: at least {LeastKey} characters are expected.", [nameof(TokenKey)]);
        if (Authority is { } issuer && !IsSafe(issuer))
            yield return new($"Auth__Authority: \"{issuer}\" is not an address that starts with https.", [nameof(Authority)]);
        if (ConsoleAddress is { } console && !IsSafe(console))
            yield return new($"Auth__ConsoleAddress: \"{console}\" is not an address that starts with https.", [nameof(ConsoleAddress)]);
        if (ClientId is not null && Authority is null)
            yield return new("Auth__ClientId does not go without Auth__Authority: it is the issuer that knows the console by it.", [nameof(ClientId)]);
        if (ClientSecret is not null && ClientId is null)
            yield return new("Auth__ClientSecret does not go without Auth__ClientId.", [nameof(ClientSecret)]);
        if (!Scope.Split(' ').Contains("openid"))
            yield return new("Auth__Scope: \"openid\" is missing; without it nobody signs in.", [nameof(Scope)]);
        if (Authority is not null && OwnStaffTokens)
            yield return new("Auth__OwnStaffTokens does not go with Auth__Authority: staff come from the issuer.", [nameof(OwnStaffTokens)]);
    }
}
