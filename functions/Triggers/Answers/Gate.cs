using Club.Access;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Triggers;

/// <summary>Where every HTTP call comes in, on both hosts: a key or a token becomes a <see cref="Caller"/>, once, before the function
/// runs, and nobody calls more than she may.</summary>
internal sealed class Gate(TokenReader tokens, StaffKeys keys, CallLimits limits, AuditedCalls audited)
{
    private const string Bearer = "Bearer ";

    /// <summary>The function's answer when the caller may go on, and is kept with the request; otherwise the answer in its place.</summary>
    public async ValueTask<IResult?> Answer(HttpContext context, Need need, Func<ValueTask<IResult?>> call)
    {
        if (need.Right is { } right)
            return await Admit(context, right) ?? (need.Watched is { } watched ? await audited.Run(context, watched, call) : await call());
        if (limits.TakeOpen(context) is { } tooMany) return tooMany;
        var answer = await call();
        return answer is IStatusCodeHttpResult { StatusCode: StatusCodes.Status401Unauthorized } ? limits.TakeUnproven(context) ?? answer
            : answer;
    }

    /// <summary>Null when the caller may go on; otherwise the answer.</summary>
    private async ValueTask<IResult?> Admit(HttpContext context, Right right)
    {
        var caller = await Read(context.Request);
        if (caller.Problem is { } problem)
        {
            if (problem.Kind != ProblemKind.Unproven) return Http.Problem(problem);
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return limits.TakeUnproven(context) ?? Http.Problem(problem);
        }
        if (limits.Take(caller.Value, context) is { } tooMany) return tooMany;
        if (caller.Value.For(right) is not { } admitted)
            return Http.Problem(new Problem("denied",
                $"The role {string.Join(", ", caller.Value.Roles.Select(RoleWords.Of))} may not do this.") { Kind = ProblemKind.Denied });
        context.Features.Set(Guest.Before(admitted, name => context.Request.Query[name] is [{ } value] ? value : null));
        return null;
    }

    private async ValueTask<Outcome<Caller>> Read(HttpRequest request)
    {
        var (header, query, authorization) = (request.Headers["x-functions-key"], request.Query["code"], request.Headers.Authorization);
        // Whoever shows two things may be taken for somebody else than she means to be.
        if (header.Count + query.Count + authorization.Count > 1) return Unproven("The call shows more than one key or token.");
        if ((header.Count > 0 ? header : query) is [{ } key])
            return keys.Admit(key) ? Caller.Operator : Unproven("The header x-functions-key does not hold the staff key.");
        if (authorization is not [{ } text] || !text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
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

    private static Problem Unproven(string why) => new("unauthorized", why) { Kind = ProblemKind.Unproven };
}
