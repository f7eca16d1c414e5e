using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Functions.Local.Http;

internal static class HttpFunctionRoutes
{
    public static void MapFunctions(this IEndpointRouteBuilder routes, IEnumerable<HttpFunction> functions, FunctionsKey key,
        Func<MethodInfo, CallGuard>? guard)
    {
        foreach (var function in functions)
        {
            var answer = guard is not null ? Guarded(function, guard(function.Method))
                : function.Level == AuthorizationLevel.Anonymous ? context => Answer(function, context)
                : context => key.Admits(context.Request) ? Answer(function, context) : key.Refuse(context);
            var route = routes.Map(function.Route, answer).WithDisplayName(function.Name).WithMetadata(function);
            if (function.Methods.Count > 0) route.WithMetadata(new HttpMethodMetadata(function.Methods));
        }
    }

    private static RequestDelegate Guarded(HttpFunction function, CallGuard guard) => async context =>
        await (await guard(context, () => Run(function, context)))!.ExecuteAsync(context);

    private static async Task Answer(HttpFunction function, HttpContext context) =>
        await (await Run(function, context))!.ExecuteAsync(context);

    private static async ValueTask<IResult?> Run(HttpFunction function, HttpContext context) =>
        (IResult?)await function.Function.Invoke(context.RequestServices, context);
}
