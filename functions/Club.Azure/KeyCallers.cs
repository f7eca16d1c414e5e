using Club.Access;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Club.Azure;

/// <summary>The Functions host lets a call through to the worker only with a key of the app, so whoever comes here by one is the operator.
/// Functions that are open to anybody ask nobody who calls.</summary>
internal sealed class KeyCallers : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        context.GetHttpContext()?.Features.Set(Caller.Operator);
        return next(context);
    }
}
