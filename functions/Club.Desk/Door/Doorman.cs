using Club.Desk.Frame;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Door;

/// <summary>What anybody may ask of the console: to sign in and out, and how to be shown it.</summary>
public sealed class Doorman(SignInDesk desk, IssuerDoor issuer)
{
    public const string SignIn = "sign-in";

    /// <returns>Null for the address of a room.</returns>
    public async Task<IResult?> Answer(HttpRequest request, string[] parts, Visit visit, CancellationToken cancellation)
    {
        var isPost = HttpMethods.IsPost(request.Method);
        return (parts, isPost) switch
        {
            ([SignIn], false) => desk.Show(request, visit),
            ([SignIn, IssuerDoor.Out], false) => await issuer.Leave(request, visit, cancellation),
            ([SignIn, IssuerDoor.In], false) => await issuer.Return(request, visit, cancellation),
            ([SignIn], true) => await desk.Take(request, visit, cancellation),
            (["sign-out"], true) => SignOut(request.HttpContext),
            (["preferences"], true) => await Prefer(request, visit, cancellation),
            _ => null,
        };
    }

    public static IResult SendToSignIn(Visit visit) => new SeeOther(Visit.To(SignIn, [], ("back", visit.Path.Length == 0 ? null : visit.Here)));

    private static SeeOther SignOut(HttpContext context)
    {
        Session.End(context);
        return new SeeOther(Visit.To(SignIn, []));
    }

    private static async Task<IResult> Prefer(HttpRequest request, Visit visit, CancellationToken cancellation)
    {
        var (form, _) = await Form.Read(request, 4096, cancellation);
        var wanted = visit.Preferences;
        // What is none of the choices changes nothing.
        if (form?.Text("language") is ("zh" or "en") and { } language) wanted = wanted with { Language = Preferences.Named(language) };
        if (form?.Text("theme") is ("light" or "dark" or "auto") and { } theme)
            wanted = wanted with { Theme = theme == "auto" ? null : theme };
        var options = Session.Options(request.HttpContext);
        options.MaxAge = TimeSpan.FromDays(365);
        request.HttpContext.Response.Cookies.Append(Preferences.Cookie, wanted.Kept, options);
        return new SeeOther(Back(form?.Text("back")));
    }

    /// <summary>An address of the console, and of nothing else: nor one that leads out of it by way of it.</summary>
    public static string Back(string? address) => address is not null && address.Length <= 2048
        && address.StartsWith(Visit.Base, StringComparison.Ordinal)
        && (address.Length == Visit.Base.Length || address[Visit.Base.Length] is '/' or '?')
        && address.All(character => character is > ' ' and < '\u007f' and not '\\') && !Climbs(address) ? address : Visit.Base;

    /// <summary>Whether a browser, or whoever stands before the host, would take a step of it as one upwards, however it is
    /// written.</summary>
    private static bool Climbs(string address)
    {
        var path = address.Split('?', '#')[0];
        for (var before = ""; path != before; path = Uri.UnescapeDataString(path)) before = path;
        return path.Split('/', '\\').Any(step => step is "." or "..");
    }
}
