using Microsoft.Extensions.DependencyInjection;

namespace Club.Store;

public static class StoreServices
{
    public static IServiceCollection AddStore(this IServiceCollection services) =>
        services.AddSingleton<StoreHealth>().AddSingleton<Projections>().AddSingleton<ISweep, FeedSweep>();
}
