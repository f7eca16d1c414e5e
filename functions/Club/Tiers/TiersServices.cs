using Club.Ledger;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Tiers;

public static class TiersServices
{
    public static IServiceCollection AddTiers(this IServiceCollection services) =>
        services.AddSingleton<ISettles, TierSettling>().AddSingleton<ISweep, TierSweep>().AddTransient<IVerifies, TierVerifier>()
            .AddSingleton<TierGrants>().AddSingleton<TierMeasurement>();
}
