using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Functions.Local.Http;

internal static class HttpFunctionRoutes
{
    public static void MapFunctions(this IEndpointRouteBuilder routes, IEnumerable<HttpFunction> functions, FunctionsKey key,
        Func<MethodInfo, Func<HttpContext, ValueTask<IResult?>>>? guard)
    {
        foreach (var function in functions)
        {
            var answer = function.Level == AuthorizationLevel.Anonymous ? context => Answer(function, context)
                : guard is not null ? Guarded(function, guard(function.Method))
                : context => key.Admits(context.Request) ? Answer(function, context) : key.Refuse(context);
            var route = routes.Map(function.Route, answer).WithDisplayName(function.Name).WithMetadata(function);
            if (function.Methods.Count > 0) route.WithMetadata(new HttpMethodMetadata(function.Methods));
        }
    }

    private static RequestDelegate Guarded(HttpFunction function, Func<HttpContext, ValueTask<IResult?>> admit) => async context =>
    {
        if (await admit(context) is { } refusal) await refusal.ExecuteAsync(context);
        else await Answer(function, context);
    };

    private static async Task Answer(HttpFunction function, HttpContext context)
    {
        var result = (IResult)(await function.Function.Invoke(context.RequestServices, context))!;
        await result.ExecuteAsync(context);
    }
}
