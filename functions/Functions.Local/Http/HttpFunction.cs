using System.Reflection;
using System.Text.RegularExpressions;
using Functions.Local.Catalogue;
using Functions.Local.Hosting;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace Functions.Local.Http;

/// <summary>A function that answers HTTP requests under <c>/api</c>.</summary>
/// <param name="Methods">Empty: every method.</param>
internal sealed partial record HttpFunction(BoundFunction<HttpContext> Function, RoutePattern Route, IReadOnlyList<string> Methods,
    AuthorizationLevel Level)
{
    private const string Prefix = "/api/";

    public string Name => Function.Name;

    public MethodInfo Method => Function.Method;

    public static HttpFunction Of(FunctionMethod method, ParameterInfo trigger, HttpTriggerAttribute attribute)
    {
        if (trigger.ParameterType != typeof(HttpRequest))
            throw Binding.Unsupported(method, trigger, "an HttpTrigger binds HttpRequest");
        if (!typeof(IResult).IsAssignableFrom(method.ResultType))
            throw new StartException(
                $"{method} returns {method.ResultType?.Name ?? "nothing"}; an HTTP function returns IResult or Task<IResult>.");
        var route = Parse(method, attribute.Route ?? method.Name);
        var parameters = method.Parameters.Select(p => Parameter(method, p, trigger, route)).ToArray();
        return new HttpFunction(new(method, parameters), route, [.. (attribute.Methods ?? []).Select(m => m.ToUpperInvariant())],
            attribute.AuthLevel);
    }

    /// <summary>Two functions that would answer the same request are a mistake; better said at start than on that request.</summary>
    public static void RefuseOverlaps(IReadOnlyList<HttpFunction> functions)
    {
        foreach (var same in functions.GroupBy(f => Placeholder().Replace(f.Route.RawText!, "{}"), StringComparer.OrdinalIgnoreCase))
        {
            var seen = new Dictionary<string, string>();
            foreach (var function in same)
            {
                foreach (var method in function.Methods.DefaultIfEmpty("*"))
                {
                    if (seen.TryGetValue(method, out var other))
                        throw new StartException($"Functions {other} and {function.Name} both answer {method} {function.Route.RawText}.");
                    seen.Add(method, function.Name);
                }
            }
        }
    }

    private static RoutePattern Parse(FunctionMethod method, string route)
    {
        try
        {
            return RoutePatternFactory.Parse(Prefix + route.TrimStart('/'));
        }
        catch (RoutePatternException e)
        {
            throw new StartException($"{method} has an invalid route '{route}': {e.Message}", e);
        }
    }

    private static Func<HttpContext, object?> Parameter(FunctionMethod method, ParameterInfo parameter, ParameterInfo trigger,
        RoutePattern route)
    {
        if (parameter == trigger) return static context => context.Request;
        if (parameter.ParameterType == typeof(CancellationToken)) return static context => context.RequestAborted;
        if (parameter.ParameterType == typeof(string) && route.GetParameter(parameter.Name!) is not null)
        {
            var name = parameter.Name!;
            return context => context.Request.RouteValues.TryGetValue(name, out var value) ? value?.ToString() : null;
        }

        throw Binding.Unsupported(method, parameter,
            "an HTTP function binds HttpRequest, CancellationToken and strings named like a part of its route");
    }

    [GeneratedRegex(@"\{[^}:]*")]
    private static partial Regex Placeholder();
}
