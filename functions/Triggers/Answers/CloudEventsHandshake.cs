using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Triggers;

/// <summary>
/// The question with which a sender of CloudEvents asks whether it may post here: CloudEvents HTTP Webhook 1.0.1, section 4 (abuse
/// protection).
/// </summary>
internal static class CloudEventsHandshake
{
    private const int LongestOrigin = 253;

    public static IResult Answer(HttpRequest request)
    {
        var origin = request.Headers["WebHook-Request-Origin"].ToString();
        if (origin.Length is 0 or > LongestOrigin || origin.Any(c => c is <= ' ' or > '~'))
            return Http.Problem(new Problem("missing-data",
                "WebHook-Request-Origin: the header with which a sender names itself is missing or is no host name.",
                "WebHook-Request-Origin"));
        var rate = request.Headers["WebHook-Request-Rate"].ToString();
        var answer = request.HttpContext.Response.Headers;
        answer.Allow = "POST, OPTIONS";
        answer["WebHook-Allowed-Origin"] = origin;
        // What is asked for is granted; who asks for nothing may send as fast as the club takes it.
        answer["WebHook-Allowed-Rate"] = rate.Length is > 0 and <= 9 && rate.All(char.IsAsciiDigit) ? rate : "*";
        return Results.Ok();
    }
}
