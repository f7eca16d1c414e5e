using System.Security.Cryptography;
using System.Text;
using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Club.Desk.Door;

/// <summary>The way to the issuer and back. Whatever goes wrong on it ends at the sign-in page with a sentence.</summary>
public sealed class IssuerDoor(IssuerSignIn issuer, SignInCookie cookie, SignInDesk desk, IOptions<AuthOptions> options)
{
    public const string Out = "oidc";
    public const string In = "callback";

    /// <summary>To the issuer.</summary>
    public async Task<IResult> Leave(HttpRequest request, Visit visit, CancellationToken cancellation)
    {
        var back = Doorman.Back(visit.Asked("back"));
        if (!issuer.IsOffered) return new SeeOther(Visit.To(Doorman.SignIn, [], ("back", back)));
        var attempt = IssuerVisit.Begin($"{Address(request)}{Visit.Base}/{Doorman.SignIn}/{In}");
        var address = await issuer.AddressFor(attempt, cancellation);
        if (address.Problem is { } problem) return Refuse(request, visit, back, problem);
        cookie.Keep(request.HttpContext, attempt, back);
        return new SeeOther(address.Value);
    }

    /// <summary>Back from it, with a code or with a reason why there is none.</summary>
    public async Task<IResult> Return(HttpRequest request, Visit visit, CancellationToken cancellation)
    {
        var kept = cookie.Take(request.HttpContext);
        if (!issuer.IsOffered) return new SeeOther(Visit.To(Doorman.SignIn, []));
        if (kept is not var (attempt, back) || !IsSame(attempt.State, visit.Asked("state")))
            return Refuse(request, visit, kept?.Back, Unasked);
        if (visit.Asked("error") is not null || visit.Asked("code") is not { } code) return Refuse(request, visit, back, Declined);
        var token = await issuer.Redeem(attempt, code, cancellation);
        if (token.Problem is { } problem) return Refuse(request, visit, back, problem);
        if (!Session.Fits(token.Value)) return desk.Refuse(request, Plain(visit), back, DoorWords.LongToken, null);
        Session.Begin(request.HttpContext, token.Value);
        return new SeeOther(back);
    }

    private static Problem Unasked => new("unauthorized", "This browser has not asked for this sign-in, or more than ten minutes ago. Sign in again.")
    {
        Kind = ProblemKind.Unproven,
    };

    private static Problem Declined => new("unauthorized", "The issuer has signed nobody in.") { Kind = ProblemKind.Unproven };

    private IResult Refuse(HttpRequest request, Visit visit, string? back, Problem problem) =>
        desk.Refuse(request, Plain(visit), back ?? Visit.Base,
            problem.Kind == ProblemKind.Unavailable ? FrameWords.IssuerSilent : DoorWords.NotSignedIn, problem);

    /// <summary>Without code and state, which the page's own links would carry on.</summary>
    private static Visit Plain(Visit visit) => visit with
    {
        Path = Doorman.SignIn, Query = QueryCollection.Empty, Here = Visit.To(Doorman.SignIn, []),
    };

    private static bool IsSame(string one, string? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    /// <summary>As the browser knows the console. Whoever lies about it is led nowhere that is not registered at the issuer.</summary>
    private string Address(HttpRequest request) => options.Value.ConsoleAddress?.TrimEnd('/') ?? Origins.Of(request);
}
