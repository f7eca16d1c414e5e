using System.Text;
using Club.Kernel;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Club.Identity;

public static class IdentityServices
{
    public static IServiceCollection AddIdentity(this IServiceCollection services) => services
        .AddSingleton(provider => new IdentityHasher(
            Encoding.UTF8.GetBytes(provider.GetRequiredService<IOptions<ClubOptions>>().Value.LookupKey)))
        .AddSingleton(provider => new PersonKeys(provider.GetRequiredKeyedService<IClubStore>(ClubStores.Keys),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<SealedTexts>()
        .AddSingleton(provider => new SealedStore(provider.GetRequiredKeyedService<IClubStore>(ClubStores.Documents),
            provider.GetRequiredService<PersonKeys>(), provider.GetRequiredService<IdentityHasher>()))
        .AddSingleton<IClubStore>(provider => new HeardStore(provider.GetRequiredService<SealedStore>(),
            provider.GetServices<IHearsNews>()));
}
