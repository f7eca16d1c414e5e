using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Proof;

public static class ProofServices
{
    public static IServiceCollection AddProof(this IServiceCollection services) => services
        .AddSingleton<Roots>().AddSingleton<RootMaker>().AddSingleton<IJob, RootJob>().AddSingleton<ProofDesk>().AddSingleton<RootCheck>()
        .AddTransient<IVerifies, ProofVerifier>();
}
