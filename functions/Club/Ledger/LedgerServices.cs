using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Ledger;

public static class LedgerServices
{
    public static IServiceCollection AddLedger(this IServiceCollection services) =>
        services.AddSingleton<MemberGate>().AddSingleton<MemberLedger>().AddSingleton<ISweep, PointsSweep>().AddSingleton<ChainVerifier>()
            .AddSingleton<IVerifies>(provider => provider.GetRequiredService<ChainVerifier>()).AddSingleton<IVerifiesLedger>(provider =>
                provider.GetRequiredService<ChainVerifier>());
}
