using Microsoft.Azure.Functions.Worker;

namespace Functions.Local.Http;

internal static class HttpFunctionRoutes
{
    public static void MapFunctions(this IEndpointRouteBuilder routes, IEnumerable<HttpFunction> functions, FunctionsKey key)
    {
        foreach (var function in functions)
        {
            RequestDelegate answer = function.Level == AuthorizationLevel.Anonymous
                ? context => Answer(function, context)
                : context => key.Admits(context.Request) ? Answer(function, context) : key.Refuse(context);
            var route = routes.Map(function.Route, answer).WithDisplayName(function.Name).WithMetadata(function);
            if (function.Methods.Count > 0) route.WithMetadata(new HttpMethodMetadata(function.Methods));
        }
    }

    private static async Task Answer(HttpFunction function, HttpContext context)
    {
        var result = (IResult)(await function.Function.Invoke(context.RequestServices, context))!;
        await result.ExecuteAsync(context);
    }
}
