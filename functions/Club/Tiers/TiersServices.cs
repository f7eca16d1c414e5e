using Club.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Tiers;

public static class TiersServices
{
    public static IServiceCollection AddTiers(this IServiceCollection services) =>
        services.AddSingleton<ISettles, TierSettling>().AddSingleton<TierGrants>().AddSingleton<TierMeasurement>();
}
