using Club.Partners;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Settlement;

public static class SettlementServices
{
    public static IServiceCollection AddSettlement(this IServiceCollection services) => services.AddSingleton<SettledMonths>()
        .AddSingleton<IProjection>(provider => provider.GetRequiredService<SettledMonths>())
        .AddSingleton<SettledRows>().AddSingleton<Settlements>().AddSingleton<Liability>()
        .AddSingleton<ISettledDays, ClosedDays>().AddTransient<IVerifies, ClosingVerifier>();
}
