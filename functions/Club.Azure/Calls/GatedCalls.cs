using System.Reflection;
using Club.Access;
using Club.Triggers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Club.Azure;

/// <summary>Puts the club's gate before every HTTP function. To the Functions host they are anonymous: its own keys know no
/// roles.</summary>
internal sealed class GatedCalls(Gate gate) : IFunctionsWorkerMiddleware
{
    /// <summary>By what the host calls a function's place in the code.</summary>
    private static readonly Dictionary<string, Need> Needs =
        (from type in typeof(GatedCalls).Assembly.GetTypes()
         from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
         where method.GetParameters().Any(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null)
         select method).ToDictionary(method => $"{method.DeclaringType!.FullName}.{method.Name}", Need.Of);

    /// <exception cref="OptionsValidationException">The key is missing, or short enough to be guessed.</exception>
    public static void RequireKey(IConfiguration configuration)
    {
        if (!StaffKeys.AreStrong(configuration))
            throw new OptionsValidationException("", typeof(IConfiguration),
                [$"{StaffKeys.Setting} is missing or too short: set {StaffKeys.Least} or more random characters."]);
    }

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }
        AnswerHeaders.Add(http);
        var result = context.GetInvocationResult();
        result.Value = await gate.Answer(http, Needs[context.FunctionDefinition.EntryPoint], async () =>
        {
            await next(context);
            return (IResult?)context.GetInvocationResult().Value;
        });
    }
}
