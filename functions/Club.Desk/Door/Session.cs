using Club.Access;
using Club.Desk.Frame;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Door;

/// <param name="IsUnavailable">There is a token, and whoever issued it cannot be asked now.</param>
public readonly record struct Who(Caller? Caller, bool IsUnavailable = false);

/// <summary>The cookie of who has signed in. It holds the very token that other calls bear, and is read by the same reader: there is no
/// session on the server, and none to end there.</summary>
public sealed class Session(TokenReader tokens)
{
    public const string Cookie = "club-console";

    /// <summary>Characters that a browser keeps in one cookie, name and attributes included.</summary>
    private const int MostCharacters = 3900;

    public ValueTask<Who> Read(HttpRequest request, CancellationToken cancellation) =>
        request.Cookies[Cookie] is { Length: > 0 } token ? Read(token, cancellation) : new(default(Who));

    /// <summary>Whose token it is; of nobody if it is no good, or a member's, who has no business here.</summary>
    public async ValueTask<Who> Read(string token, CancellationToken cancellation)
    {
        try
        {
            var caller = await tokens.Read(token, cancellation);
            return new Who(caller.Succeeded && !caller.Value.Roles.Contains(Role.Member) ? caller.Value : null);
        }
        catch (InvalidOperationException)
        {
            return new Who(null, IsUnavailable: true);
        }
    }

    public static bool Fits(string token) => token.Length <= MostCharacters;

    public static void Begin(HttpContext context, string token) => context.Response.Cookies.Append(Cookie, token, Options(context));

    public static void End(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context));

    /// <summary>Ends with the browser, or with the token. Lax: a link in a mail leads to the page, a form of another site does
    /// nothing.</summary>
    public static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Origins.IsHttps(context.Request), Path = Visit.Base, IsEssential = true,
    };
}
