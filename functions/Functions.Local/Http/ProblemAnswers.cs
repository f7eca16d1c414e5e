using Microsoft.AspNetCore.Http.Features;

namespace Functions.Local.Http;

/// <summary>What a call is answered whose function threw; null when nobody waits for an answer any more.</summary>
public delegate IResult? FaultAnswer(HttpContext context, Exception fault);

/// <summary>Answers in place of whatever no function answered: a fault, an unknown path, a wrong method.</summary>
internal sealed partial class ProblemAnswers(RequestDelegate next, Refusals refusals, FaultAnswer faults, ILogger<ProblemAnswers> log)
{
    /// <summary>Characters of an address, with its query.</summary>
    public const int LongestAddress = 8 * 1024;

    public async Task Invoke(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestFeature>()?.RawTarget.Length > LongestAddress)
        {
            await HttpProblem.Write(context, StatusCodes.Status414UriTooLong, "bad-request", $"The address has more than {LongestAddress} characters.");
            return;
        }
        try
        {
            await next(context);
            if (context.Response.StatusCode == StatusCodes.Status401Unauthorized) refusals.Note(context, RouteOf(context));
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            if (faults(context, e) is not { } answer) return;
            if (e is not BadHttpRequestException) Log.Failed(log, context.Request.Method, RouteOf(context), e);
            await answer.ExecuteAsync(context);
            return;
        }

        if (!context.Response.HasStarted && context.GetEndpoint() is not RouteEndpoint) await AnswerUnrouted(context);
    }

    private static Task AnswerUnrouted(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound =>
            HttpProblem.Write(context, StatusCodes.Status404NotFound, "not-found", "There is nothing at this path."),
        StatusCodes.Status405MethodNotAllowed => HttpProblem.Write(
            context, StatusCodes.Status405MethodNotAllowed, "method-not-allowed", $"This path does not answer {context.Request.Method}."),
        _ => Task.CompletedTask,
    };

    /// <summary>The template, not the path: a path or query may carry a phone number.</summary>
    private static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an unknown path";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Method} {Route} failed")]
        public static partial void Failed(ILogger logger, string method, string route, Exception exception);
    }
}
