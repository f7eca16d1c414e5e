using Microsoft.Extensions.DependencyInjection;

namespace Club.Ledger;

public static class LedgerServices
{
    public static IServiceCollection AddLedger(this IServiceCollection services) =>
        services.AddSingleton<MemberGate>().AddSingleton<MemberLedger>();
}
