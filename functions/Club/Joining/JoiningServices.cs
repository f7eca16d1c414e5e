using Club.Ledger;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Joining;

public static class JoiningServices
{
    public static IServiceCollection AddJoining(this IServiceCollection services) => services
        .AddSingleton<RegistrationReader>().AddSingleton<Register>().AddSingleton<MergeSeal>().AddSingleton<Merge>()
        .AddSingleton<IFinishes>(provider => provider.GetRequiredService<Merge>()).AddSingleton<IFinishes, HandOverFinish>()
        .AddSingleton<IVerifiesLedger, MergeVerifier>().AddSingleton<IVerifies, IdentityVerifier>().AddSingleton<Disputes>()
        .AddSingleton<ITellsToday, ApplicationsToday>()
        .AddSingleton<Applications>().AddSingleton<IFinishes>(provider => provider.GetRequiredService<Applications>())
        .AddSingleton<IForgets>(provider => provider.GetRequiredService<Applications>()).AddSingleton<IErases, ApplicationErasure>();
}
