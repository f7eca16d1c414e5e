using System.Security.Claims;
using System.Text;
using Club.Kernel;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Club.Access;

/// <summary>A token and when it ends.</summary>
public sealed record IssuedToken(string Token, DateTimeOffset ExpiresAt);

/// <summary>The club's own tokens: a member's about herself, and on a machine of one's own those of staff. JWT with HMAC SHA-256.</summary>
/// <remarks>Their times are those of the real clock, even where the club's is shifted: whoever carries one knows no other.</remarks>
public sealed class ClubTokens(IOptions<AuthOptions> options)
{
    public const string Issuer = "club";

    /// <summary>A member's token lives no longer.</summary>
    public static readonly TimeSpan LongestOfMember = TimeSpan.FromMinutes(15);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Null where no key is set.</summary>
    internal SymmetricSecurityKey? Key { get; } =
        options.Value.TokenKey is { } key ? new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)) { KeyId = Issuer } : null;

    /// <summary>For a member, about herself.</summary>
    /// <returns>A problem where the club gives no tokens.</returns>
    public Outcome<IssuedToken> ForMember(MemberId member) => Issue(Role.Member, LongestOfMember, [new("member", member)]);

    /// <summary>For staff, where the club's own tokens may name them.</summary>
    /// <param name="scope">The dealer of a director or an advisor, the code of a partner.</param>
    public Outcome<IssuedToken> ForStaff(Role role, string name, string? scope, TimeSpan life) => options.Value.OwnStaffTokens
        ? Issue(role, life, [new("name", name), new("sub", name), .. scope is null ? (Claim[])[] : [new(ScopeOf(role), scope)]])
        : new Problem("no-own-tokens", "Staff have their tokens from the issuer, not from the club.");

    private Outcome<IssuedToken> Issue(Role role, TimeSpan life, IEnumerable<Claim> claims)
    {
        if (Key is null) return new Problem("no-own-tokens", "The club gives no tokens: Auth__TokenKey is not set.") { Kind = ProblemKind.Conflict };
        var now = DateTimeOffset.UtcNow;
        var ends = now + life;
        return new IssuedToken(Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = options.Value.Audience,
            IssuedAt = now.UtcDateTime,
            Expires = ends.UtcDateTime,
            Subject = new ClaimsIdentity([.. claims, new Claim("roles", RoleWords.Of(role))]),
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
        }), DateTimeOffset.FromUnixTimeSeconds(ends.ToUnixTimeSeconds()));
    }

    private static string ScopeOf(Role role) => role == Role.Partner ? "partner" : "dealer";
}
