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

    /// <summary>Signs the club's own tokens; null: it gives none.</summary>
    public string? TokenKey { get; set; }

    /// <summary>Whether the club's own tokens may name staff, not members only: for a machine of one's own, without an issuer.</summary>
    public bool OwnStaffTokens { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TokenKey is { } key && key.Length < LeastKey)
            yield return new($"Auth__TokenKey: at least {LeastKey} characters are expected.", [nameof(TokenKey)]);
        if (Authority is { } issuer && (!Uri.TryCreate(issuer, UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            yield return new($"Auth__Authority: \"{issuer}\" is not an address that starts with https.", [nameof(Authority)]);
        if (Authority is not null && OwnStaffTokens)
            yield return new("Auth__OwnStaffTokens does not go with Auth__Authority: staff come from the issuer.", [nameof(OwnStaffTokens)]);
    }
}
