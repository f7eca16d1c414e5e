using Microsoft.Extensions.DependencyInjection;

namespace Club.Running;

public static class RunningServices
{
    public static IServiceCollection AddRunning(this IServiceCollection services) =>
        services.AddSingleton<Sweep>().AddSingleton<Work>().AddSingleton<DocumentVerifier>().AddSingleton<LedgerVerifier>();
}
