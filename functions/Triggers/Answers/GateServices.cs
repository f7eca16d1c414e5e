using Microsoft.Extensions.DependencyInjection;

namespace Club.Triggers;

internal static class GateServices
{
    public static IServiceCollection AddGate(this IServiceCollection services) =>
        services.AddSingleton<CallLimits>().AddSingleton<AuditedCalls>().AddSingleton<Gate>();
}
