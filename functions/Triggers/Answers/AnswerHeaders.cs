using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Club.Triggers;

/// <summary>What every answer of both hosts carries, whoever gives it. What an answer says for itself stays.</summary>
internal static class AnswerHeaders
{
    private const string NothingIsLoaded = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>A year, as browsers' lists ask for.</summary>
    private const string OverTlsOnly = "max-age=31536000; includeSubDomains";

    /// <summary>Adds them when the answer begins, so that one which takes the place of another has them, too.</summary>
    public static void Add(HttpContext context) => context.Response.OnStarting(static state =>
    {
        Write((HttpContext)state);
        return Task.CompletedTask;
    }, context);

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, NothingIsLoaded);
        // Nearly everything tells of persons, so whatever may be kept says so itself.
        headers.TryAdd(HeaderNames.CacheControl, "no-store");
        if (IsOverTls(context.Request)) headers.StrictTransportSecurity = OverTlsOnly;
        if (context.Features.Get<ToldLimit>() is not { } limit) return;
        headers["RateLimit-Policy"] = limit.Policy;
        headers["RateLimit"] = limit.Left;
    }

    /// <summary>Whoever claims it of herself, without a proxy, is told it and nobody else.</summary>
    private static bool IsOverTls(HttpRequest request) =>
        request.IsHttps || string.Equals(request.Headers["X-Forwarded-Proto"], Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
}
