using Microsoft.Azure.Functions.Worker;

namespace Functions.Local.Http;

/// <summary>
/// Leaves a trace of calls that did not prove who they are: where from and what for, never with what. The first of a minute are told one by
/// one, the rest as a number, so that whoever tries keys does not fill the disk.
/// </summary>
internal sealed partial class Refusals(ILogger<Refusals> log, TimeProvider time)
{
    private const int MostPerMinute = 20;
    private readonly Lock _gate = new();
    private long _minute;
    private int _told, _untold;

    public void Note(HttpContext context, string route)
    {
        int untold;
        bool tell;
        lock (_gate)
        {
            untold = Turn();
            tell = _told < MostPerMinute;
            if (tell) _told++;
            else _untold++;
        }
        if (untold > 0) Log.More(log, untold);
        if (tell) Log.Refused(log, context.Request.Method, route, $"{context.Connection.RemoteIpAddress}", Why(context));
    }

    /// <summary>At the beginning of a minute, what was not told of the one before.</summary>
    private int Turn()
    {
        var minute = time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute;
        if (minute == _minute) return 0;
        var untold = _untold;
        (_minute, _told, _untold) = (minute, 0, 0);
        return untold;
    }

    /// <summary>A function that refuses and asks for no proof has found a signature wrong.</summary>
    private static string Why(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<HttpFunction>()?.Level == AuthorizationLevel.Anonymous
            && context.Response.Headers.WWWAuthenticate.Count == 0 ? "its signature does not hold, or no longer"
        : context.Request.Headers.ContainsKey("x-functions-key") || context.Request.Query.ContainsKey("code") ? "it showed another key"
        : context.Request.Headers.Authorization.Count > 0 ? "its token is not accepted, or no longer"
        : "it showed no key";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Refused {Method} {Route} from {Address}: {Why}")]
        public static partial void Refused(ILogger logger, string method, string route, string address, string why);

        [LoggerMessage(2, LogLevel.Warning, "{Count} more calls were refused within that minute")]
        public static partial void More(ILogger logger, int count);
    }
}
