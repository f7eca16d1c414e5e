using System.Reflection;
using Club.Access;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>A function that is not open to anybody, as far as the audit has to know it.</summary>
internal sealed class Watched(MethodInfo function)
{
    private const string Prefix = "/api/";

    /// <summary>A parameter that opens something to whoever knows it: no record keeps it.</summary>
    private const string Secret = "{secret}";

    /// <summary>Where parameters stand in the path; the last may take the rest of it.</summary>
    private readonly string[] _route = RouteOf(function).Split('/');

    public string Name { get; } = function.GetCustomAttribute<FunctionAttribute>()!.Name;

    /// <summary>Whose data the call is about, by its address.</summary>
    public static IEnumerable<MemberId> Members(HttpRequest request) => AuditSubject.Members($"{request.Path}?{request.Query["memberId"]}");

    /// <summary>Whose data it was answered.</summary>
    public static IEnumerable<MemberId> Members(IResult? answer) =>
        (answer as IValueHttpResult)?.Value is ITellsOfMembers told ? told.Members : [];

    /// <summary>What else the address names.</summary>
    public string? Subject(HttpRequest request)
    {
        var path = (request.Path.Value ?? "")[Math.Min(Prefix.Length, request.Path.Value?.Length ?? 0)..].Split('/');
        return AuditSubject.Of(_route.SelectMany((part, at) => !part.StartsWith('{') || part == Secret || at >= path.Length ? []
            : part.StartsWith("{*", StringComparison.Ordinal) ? path[at..] : [path[at]]));
    }

    private static string RouteOf(MethodInfo function) => function.GetParameters()
        .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>().Single().Route ?? "";
}
