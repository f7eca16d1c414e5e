using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Frame;

/// <summary>How somebody wants to see the console: kept in a cookie that says nothing of who she is.</summary>
/// <param name="Theme"><c>light</c> or <c>dark</c>; null: as the machine is set.</param>
public sealed record Preferences(Language Language, string? Theme)
{
    public const string Cookie = "club-console-view";

    /// <summary>Chinese, unless she chose or her browser asks for English before it.</summary>
    public static Preferences Of(HttpRequest request)
    {
        var kept = request.Cookies[Cookie]?.Split('.') ?? [];
        Language? chosen = kept is ["zh" or "en", ..] ? Named(kept[0]) : null;
        return new Preferences(chosen ?? Wanted(request), kept is [_, "light" or "dark"] ? kept[1] : null);
    }

    public string Kept => $"{Tag}.{Theme ?? "auto"}";

    /// <summary>The language, as HTML names it.</summary>
    public string Tag => Language == Language.Chinese ? "zh" : "en";

    public static Language Named(string tag) => tag == "en" ? Language.English : Language.Chinese;

    private static Language Wanted(HttpRequest request)
    {
        foreach (var part in request.Headers.AcceptLanguage.ToString().Split(','))
        {
            var tag = part.Trim();
            if (tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase)) return Language.Chinese;
            if (tag.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return Language.English;
        }
        return Language.Chinese;
    }
}
