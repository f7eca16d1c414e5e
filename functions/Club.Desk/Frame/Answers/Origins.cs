using Microsoft.AspNetCore.Http;

namespace Club.Desk.Frame;

/// <summary>Whether a form was sent from a page of the console itself. A browser says so, and no page elsewhere can make it lie.</summary>
/// <remarks>Instead of tokens in every form, which would need keys that all instances share. <c>Sec-Fetch-Site</c> comes from every browser
/// since 2023 where the address is safe (https or this machine); <c>Origin</c> comes with every POST.</remarks>
public static class Origins
{
    public static bool AreOurs(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site == "same-origin";
        return Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && (IsHost(origin, request.Host.Value) || IsHost(origin, Forwarded(request, "X-Forwarded-Host")));
    }

    /// <summary>Whether the browser came by https, to this process or to a proxy before it.</summary>
    public static bool IsHttps(HttpRequest request) => request.IsHttps
        || Forwarded(request, "X-Forwarded-Proto").Equals("https", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the browser says it came to, without a path.</summary>
    public static string Of(HttpRequest request) =>
        $"{(IsHttps(request) ? "https" : "http")}://{(Forwarded(request, "X-Forwarded-Host") is { Length: > 0 } host ? host : request.Host.Value)}";

    private static bool IsHost(Uri origin, string? host) =>
        !string.IsNullOrEmpty(host) && (origin.Authority.Equals(host, StringComparison.OrdinalIgnoreCase)
            || $"{origin.Host}:{origin.Port}".Equals(host, StringComparison.OrdinalIgnoreCase));

    // No form of another page can set a header.
    private static string Forwarded(HttpRequest request, string name) => request.Headers[name].ToString().Split(',')[0].Trim();
}
