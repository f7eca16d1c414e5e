using Club.Kernel;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Club.Access;

/// <summary>From a bearer token to whoever calls: of the configured issuer, whose keys are fetched and kept, or of the club itself. Issuer,
/// audience, life and algorithm are checked before anything is believed.</summary>
public sealed class TokenReader : IDisposable
{
    /// <summary>How far an issuer's clock may be from ours. The club's own tokens are made and read by one clock.</summary>
    private static readonly TimeSpan SkewOfIssuer = TimeSpan.FromMinutes(2);

    /// <summary>As many as a token of the issuer's may need; hosts read little more of a header.</summary>
    private const int MostCharacters = 16 * 1024;

    /// <summary>OpenID Connect Core 1.0, section 2.</summary>
    private const int MostOfSubject = 255;

    private static readonly Problem Bad = Refused("The token is not one that this club accepts, or no longer.");
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };
    private static readonly string[] OfIssuer =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256,
    ];

    private readonly AuthOptions _options;
    private readonly TokenValidationParameters? _own;
    private readonly IssuerKeys? _issuer;
    private readonly KnownTokens _known = new();

    public TokenReader(IOptions<AuthOptions> options, ClubTokens tokens)
    {
        _options = options.Value;
        if (tokens.Key is { } key)
            _own = Parameters(ClubTokens.Issuer, _options.Audience, [SecurityAlgorithms.HmacSha256], TimeSpan.Zero,
                parameters => parameters.IssuerSigningKey = key);
        if (_options.Authority is { } authority) _issuer = new IssuerKeys(authority);
    }

    /// <summary>Null: there is none.</summary>
    internal IssuerKeys? Issuer => _issuer;

    /// <exception cref="InvalidOperationException">The issuer's keys cannot be fetched.</exception>
    public async ValueTask<Outcome<Caller>> Read(string token, CancellationToken cancellation)
    {
        if (token.Length > MostCharacters) return Bad;
        if (_issuer?.Current is { } current && _known.Find(token, current) is { } caller) return caller;
        if (!Handler.CanReadToken(token)) return Bad;
        var jwt = TryParse(token);
        if (jwt is null) return Bad;
        if (jwt.Issuer == ClubTokens.Issuer)
            return _own is null ? Bad : Caller(await Handler.ValidateTokenAsync(jwt, _own), isOwn: true);
        if (_issuer is null) return Bad;
        var (result, keys) = await OfTheIssuer(jwt, _issuer, _options.Audience, cancellation);
        var read = Caller(result, isOwn: false);
        if (read.Succeeded) _known.Keep(token, keys, jwt.ValidTo + SkewOfIssuer, read.Value);
        return read;
    }

    /// <summary>Whether an ID token of the issuer's answers one sign-in: made out for the client, with the nonce of that sign-in.</summary>
    /// <exception cref="InvalidOperationException">The issuer's keys cannot be fetched.</exception>
    internal async Task<bool> IsAnswer(string token, string client, string nonce, CancellationToken cancellation)
    {
        if (_issuer is null || token.Length > MostCharacters || !Handler.CanReadToken(token)) return false;
        if (TryParse(token) is not { } jwt) return false;
        var (result, _) = await OfTheIssuer(jwt, _issuer, client, cancellation);
        // One that is made out for several names the one who has asked.
        return result.IsValid && Text(jwt, "nonce") == nonce && (jwt.Audiences.Count() == 1 || Text(jwt, "azp") == client);
    }

    private static async ValueTask<(TokenValidationResult Result, OpenIdConnectConfiguration Keys)> OfTheIssuer(JsonWebToken jwt,
        IssuerKeys issuer, string audience, CancellationToken cancellation)
    {
        var keys = await issuer.Get(cancellation);
        var result = await Validate(jwt, keys, audience);
        return result.Exception is SecurityTokenSignatureKeyNotFoundException && await issuer.Newer(keys, cancellation) is var newer
            && newer != keys ? (await Validate(jwt, newer, audience), newer) : (result, keys);
    }

    private static Task<TokenValidationResult> Validate(JsonWebToken jwt, OpenIdConnectConfiguration known, string audience) =>
        Handler.ValidateTokenAsync(jwt, Parameters(known.Issuer, audience, OfIssuer, SkewOfIssuer, parameters =>
            parameters.IssuerSigningKeys = known.SigningKeys));

    private static TokenValidationParameters Parameters(string issuer, string audience, string[] algorithms, TimeSpan skew,
        Action<TokenValidationParameters> sign)
    {
        var parameters = new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = audience,
            ValidAlgorithms = algorithms,
            ClockSkew = skew,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
        };
        sign(parameters);
        return parameters;
    }

    private Outcome<Caller> Caller(TokenValidationResult result, bool isOwn)
    {
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt) return Bad;
        Role[] roles = [.. jwt.Claims.Where(claim => claim.Type == "roles").Select(claim => RoleWords.Find(claim.Value)).OfType<Role>()];
        if (roles.Length == 0) return Refused("The token names no role that this club knows.");
        if (roles.Contains(Role.Member)) return OfMember(jwt, roles, isOwn);
        if (isOwn && !_options.OwnStaffTokens) return Bad;
        var dealer = Text(jwt, "dealer");
        if (dealer is null && roles.Any(role => role is Role.Director or Role.Advisor))
            return Refused("The token names no dealer, and a director or an advisor is a dealer's.");
        var partner = Text(jwt, "partner");
        if (partner is null && roles.Contains(Role.Partner)) return Refused("The token names no partner, and its role is a partner's.");
        var name = Text(jwt, "name") ?? Text(jwt, "sub");
        if (name is null or { Length: > Limits.Author }) return Refused($"The token names nobody, or by more than {Limits.Author} characters.");
        var subject = Text(jwt, "sub") ?? name;
        if (subject.Length > MostOfSubject) return Refused($"The claim sub of the token has more than {MostOfSubject} characters.");
        return new Caller(roles, name) { Subject = subject, Dealer = dealer is null ? null : new DealerId(dealer), Partner = partner };
    }

    /// <summary>Only the club itself says who is a member, and not for long.</summary>
    private static Outcome<Caller> OfMember(JsonWebToken jwt, Role[] roles, bool isOwn) =>
        isOwn && roles.Length == 1 && Text(jwt, "member") is { } member && jwt.ValidTo - jwt.IssuedAt <= ClubTokens.LongestOfMember
            ? new Caller(roles, member) { Subject = member, Member = new MemberId(member) }
            : Bad;

    /// <summary>Asked for a string, the library makes one of lists and numbers, too.</summary>
    private static string? Text(JsonWebToken jwt, string claim) =>
        jwt.TryGetPayloadValue<object>(claim, out var value) && value is string text && !string.IsNullOrWhiteSpace(text)
            ? text.Trim() : null;

    /// <summary>Null for what is no token.</summary>
    private static JsonWebToken? TryParse(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public void Dispose() => _issuer?.Dispose();

    private static Problem Refused(string why) => new("unauthorized", why) { Kind = ProblemKind.Unproven };
}
