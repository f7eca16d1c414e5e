using Club.Triggers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Club.Azure;

/// <summary>Answers in place of an HTTP function that threw; the worker alone would answer with an empty body. Other functions give their
/// message back.</summary>
internal sealed partial class FaultAnswers(ILogger<FaultAnswers> log) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault) when (context.GetHttpContext() is { Response.HasStarted: false } http)
        {
            if (Faults.Answer(http, fault) is not { } answer) return;
            if (fault is not BadHttpRequestException) Log.Failed(log, context.FunctionDefinition.Name, fault);
            context.GetInvocationResult().Value = answer;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Function} failed")]
        public static partial void Failed(ILogger logger, string function, Exception exception);
    }
}
