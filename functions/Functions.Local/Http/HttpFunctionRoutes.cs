using System.Reflection;
using Functions.Local.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace Functions.Local.Http;

internal static class HttpFunctionRoutes
{
    public static void MapFunctions(this IEndpointRouteBuilder routes, IEnumerable<HttpFunction> functions, FunctionsKey key,
        Func<MethodInfo, Guarded>? guard)
    {
        foreach (var function in functions)
        {
            var behind = function.Level == AuthorizationLevel.Anonymous ? null : guard?.Invoke(function.Method);
            RequestDelegate answer = function.Level == AuthorizationLevel.Anonymous ? context => Answer(function, context)
                : behind is not null ? context => Behind(behind, function, context)
                : context => key.Admits(context.Request) ? Answer(function, context) : key.Refuse(context);
            var route = routes.Map(function.Route, answer).WithDisplayName(function.Name).WithMetadata(function);
            if (function.Methods.Count > 0) route.WithMetadata(new HttpMethodMetadata(function.Methods));
        }
    }

    private static async Task Behind(Guarded guard, HttpFunction function, HttpContext context)
    {
        var answer = await guard(context, () => Run(function, context));
        await answer.ExecuteAsync(context);
    }

    private static async Task Answer(HttpFunction function, HttpContext context) =>
        await (await Run(function, context)).ExecuteAsync(context);

    private static async Task<IResult> Run(HttpFunction function, HttpContext context) =>
        (IResult)(await function.Function.Invoke(context.RequestServices, context))!;
}
