using System.Reflection;
using System.Text.RegularExpressions;
using Club.Access;
using Club.Identity;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>An answer that tells about members.</summary>
internal interface ITellsOfMembers
{
    IEnumerable<MemberId> Members { get; }
}

/// <summary>A function that is not open to anybody, as far as the gate and the audit have to know it.</summary>
internal sealed partial class Watched(MethodInfo function)
{
    private const string Prefix = "/api/";

    /// <summary>Where parameters stand in the path; the last may take the rest of it.</summary>
    private readonly string[] _route = RouteOf(function).Split('/');

    public string Name { get; } = function.GetCustomAttribute<FunctionAttribute>()!.Name;

    /// <summary>Whose data the call is about, by its address, and by what it was answered.</summary>
    public static IReadOnlyList<MemberId> Members(HttpRequest request, IResult? answer)
    {
        var ids = MemberIds().Matches($"{request.Path}?{request.Query["memberId"]}").Select(match => new MemberId(match.Value));
        return [.. (answer as IValueHttpResult)?.Value is ITellsOfMembers told ? ids.Concat(told.Members) : ids];
    }

    /// <summary>What else the address names: a rejection, a programme, a file. What may be somebody's phone or VIN is left out.</summary>
    public string? Subject(HttpRequest request)
    {
        var path = (request.Path.Value ?? "")[Math.Min(Prefix.Length, request.Path.Value?.Length ?? 0)..].Split('/');
        var named = _route.SelectMany((part, at) => !part.StartsWith('{') || at >= path.Length ? []
            : part.StartsWith("{*", StringComparison.Ordinal) ? path[at..] : [path[at]]);
        string[] kept = [.. named.Where(part => Harmless().IsMatch(part) && !MemberIds().IsMatch(part) && !IsPersonal(part))];
        return kept.Length == 0 ? null : string.Join('/', kept);
    }

    private static bool IsPersonal(string part) =>
        PersonIdentity.Parse(IdentityKind.Phone, part).Succeeded || PersonIdentity.Parse(IdentityKind.Vin, part).Succeeded;

    private static string RouteOf(MethodInfo function) => function.GetParameters()
        .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>().Single().Route ?? "";

    [GeneratedRegex("(?<![0-9A-Za-z])M[0-9A-HJKMNP-TV-Z]{16}(?![0-9A-Za-z])")]
    private static partial Regex MemberIds();

    [GeneratedRegex(@"^[A-Za-z0-9._:@-]{1,100}$")]
    private static partial Regex Harmless();
}
