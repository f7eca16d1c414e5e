using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Running;

public static class RunningServices
{
    public static IServiceCollection AddRunning(this IServiceCollection services) => services
        .AddSingleton<Sweep>().AddSingleton<Work>().AddSingleton<DeadLetters>().AddSingleton<Verification>()
        .AddSingleton<ISweep, ForgetSweep>().AddSingleton<FinishSweep>()
        .AddSingleton<ISweep>(provider => provider.GetRequiredService<FinishSweep>());
}
