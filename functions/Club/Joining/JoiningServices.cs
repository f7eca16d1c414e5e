using Microsoft.Extensions.DependencyInjection;

namespace Club.Joining;

public static class JoiningServices
{
    public static IServiceCollection AddJoining(this IServiceCollection services) => services
        .AddSingleton<RegistrationReader>().AddSingleton<Register>().AddSingleton<MergeSeal>().AddSingleton<Merge>().AddSingleton<MergeVerifier>().AddSingleton<Disputes>();
}
