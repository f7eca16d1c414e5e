using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Club.Access;
using Club.Identity;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Club.Triggers;

/// <summary>What making the call takes. Every HTTP function that is not open to anybody says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsAttribute(Right right) : Attribute
{
    public Right Right { get; } = right;

    /// <exception cref="InvalidOperationException">The function does not say: a mistake of the code.</exception>
    public static Right Of(MethodInfo function) => function.GetCustomAttribute<NeedsAttribute>()?.Right
        ?? throw new InvalidOperationException($"{function.DeclaringType?.Name}.{function.Name} does not say which right it needs.");
}

/// <summary>Where a key or a token becomes a <see cref="Caller"/>, once, before the function runs.</summary>
internal sealed class Gate(TokenReader tokens, IConfiguration settings)
{
    private const string Bearer = "Bearer ";
    private static readonly (string Name, IdentityKind Kind)[] Shown =
        [("phone", IdentityKind.Phone), ("card", IdentityKind.Card), ("vin", IdentityKind.Vin)];

    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes(settings["FunctionsKey"] ?? throw new InvalidOperationException(
        "FunctionsKey is not set.")));

    /// <summary>Null when the caller may go on, and is kept with the request; otherwise the answer.</summary>
    public async ValueTask<IResult?> Admit(HttpContext context, Right right)
    {
        var caller = await Read(context.Request);
        if (caller.Problem is { } unproven)
        {
            if (unproven.Kind == ProblemKind.Unproven) context.Response.Headers.WWWAuthenticate = "Bearer";
            return Http.Problem(unproven);
        }
        if (caller.Value.For(right) is not { } admitted)
            return Http.Problem(new Problem("denied",
                $"The role {string.Join(", ", caller.Value.Roles.Select(RoleWords.Of))} may not do this.") { Kind = ProblemKind.Denied });
        context.Features.Set(WithWhoStandsBefore(admitted, context.Request));
        return null;
    }

    private async ValueTask<Outcome<Caller>> Read(HttpRequest request)
    {
        var key = request.Headers["x-functions-key"] is [{ } header] ? header : request.Query["code"] is [{ } code] ? code : null;
        if (key is not null)
            return CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), _key) ? Caller.Operator
                : Unproven("The header x-functions-key does not hold the staff key.");
        if (request.Headers.Authorization is not [{ } text] || !text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Unproven("This call needs the header x-functions-key with the staff key, or Authorization with a bearer token.");
        try
        {
            return await tokens.Read(text[Bearer.Length..].Trim(), request.HttpContext.RequestAborted);
        }
        catch (InvalidOperationException)
        {
            return new Problem("issuer-unavailable", "The issuer of the tokens does not answer. Try again.") { Kind = ProblemKind.Unavailable };
        }
    }

    /// <summary>A dealer's staff tell of a guest of another dealer by what she shows them.</summary>
    private static Caller WithWhoStandsBefore(Caller caller, HttpRequest request)
    {
        if (caller.Dealer is null) return caller;
        foreach (var (name, kind) in Shown)
            if (request.Query[name] is [{ Length: > 0 } value] && PersonIdentity.Parse(kind, value) is { Succeeded: true } identity)
                return caller with { Before = identity.Value };
        return caller;
    }

    private static Problem Unproven(string why) => new("unauthorized", why) { Kind = ProblemKind.Unproven };
}
