using System.Net;
using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Club.Desk.Door;

/// <summary>
/// Signs somebody in: with a token that she brings, or on a machine of one's own, where the club signs staff's tokens itself, with the code
/// of the start's link or the staff key and a role that she chooses. Neither code nor key is kept: what the cookie holds is a token.
/// </summary>
public sealed class SignInDesk(Session session, OneTimeCodes codes, ClubTokens tokens, IOptions<AuthOptions> options, StaffKeys keys,
    IssuerSignIn issuer)
{
    private const int MostBytes = 16 * 1024;
    private static readonly TimeSpan Life = TimeSpan.FromHours(8);

    public IResult Show(HttpRequest request, Visit visit)
    {
        var code = visit.Asked("code");
        return Page(request, visit, new SignInModel { Code = code, Back = Doorman.Back(visit.Asked("back")) },
            code is null || IsGood(request, code) ? null : DoorWords.CodeSpent, StatusCodes.Status200OK);
    }

    public async Task<IResult> Take(HttpRequest request, Visit visit, CancellationToken cancellation)
    {
        var (form, status) = await Form.Read(request, MostBytes, cancellation);
        if (form is null) return Refusals.Of(visit, FrameWords.BadForm, FrameWords.BadFormWhy, status);
        var (token, wrong) = form.Text("token") is { } brought ? (brought, null) : Make(request, form);
        if (token is not null)
        {
            var who = await session.Read(token, cancellation);
            wrong = who.IsUnavailable ? FrameWords.IssuerSilent : who.Caller is null ? DoorWords.BadToken
                : Session.Fits(token) ? null : DoorWords.LongToken;
        }
        var back = Doorman.Back(form.Text("back"));
        if (wrong is not null)
        {
            var isUnproven = wrong == DoorWords.BadKey || wrong == DoorWords.BadToken;
            if (isUnproven) Telemetry.Refusals.Add(1, new KeyValuePair<string, object?>("code", "unauthorized"));
            return Page(request, visit, new SignInModel { Code = form.Text("code"), Back = back, Role = form.Text("role"),
                Scope = form.Text("scope"), Name = form.Text("name") }, wrong,
                isUnproven ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest);
        }
        Session.Begin(request.HttpContext, token!);
        return new SeeOther(back);
    }

    /// <summary>The page, with what went wrong elsewhere.</summary>
    internal IResult Refuse(HttpRequest request, Visit visit, string back, Said wrong, Problem? why)
    {
        var isUnproven = why?.Kind == ProblemKind.Unproven;
        if (isUnproven) Telemetry.Refusals.Add(1, new KeyValuePair<string, object?>("code", "unauthorized"));
        return Page(request, visit, new SignInModel { Back = back, Why = why }, wrong,
            isUnproven ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest);
    }

    private PageResult Page(HttpRequest request, Visit visit, SignInModel model, Said? wrong, int status) => new PageResult(
        visit with { Caller = null, Rooms = [] },
        Reply.Of<SignIn>(model with { Wrong = wrong, TakesKey = TakesKey, IsLed = issuer.IsOffered,
            Code = IsGood(request, model.Code) ? model.Code : null }, DoorWords.SignIn, status));

    private bool TakesKey => options.Value is { OwnStaffTokens: true, TokenKey: not null };

    /// <summary>A token for the role that was chosen, once the code or the key is good.</summary>
    private (string? Token, Said? Wrong) Make(HttpRequest request, Form form)
    {
        if (!TakesKey) return (null, DoorWords.BadToken);
        if (RoleWords.Find(form.Text("role") ?? "") is not { } role || role == Role.Member) return (null, DoorWords.NoRole);
        var (scope, name) = (form.Text("scope"), form.Text("name") ?? RoleWords.Of(role));
        if (!HasScope(role)) scope = null;
        else if (scope is null) return (null, DoorWords.NoScope);
        if (name.Length > Limits.Author || scope?.Length > Limits.Author) return (null, DoorWords.LongName);
        if (!(form.Text("key") is { } key && keys.Admit(key)) && !(IsGood(request, form.Text("code")) && codes.Spend(form.Text("code"))))
            return (null, DoorWords.BadKey);
        return (tokens.ForStaff(role, name, scope, Life).Value.Token, null);
    }

    private static bool HasScope(Role role) => role is Role.Director or Role.Advisor or Role.Partner;

    /// <summary>A link of the start counts at the machine that was started.</summary>
    private bool IsGood(HttpRequest request, string? code) =>
        TakesKey && request.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && codes.IsGood(code);
}

public sealed record SignInModel
{
    /// <summary>Of the start's link, while it is good.</summary>
    public string? Code { get; init; }

    /// <summary>Whether roles may be chosen here.</summary>
    public bool TakesKey { get; init; }

    /// <summary>Whether the issuer takes it from here; otherwise its token is pasted.</summary>
    public bool IsLed { get; init; }
    public required string Back { get; init; }
    public Said? Wrong { get; init; }

    /// <summary>Why the issuer's answer was not taken.</summary>
    public Problem? Why { get; init; }
    public string? Role { get; init; }
    public string? Scope { get; init; }
    public string? Name { get; init; }
}
