using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Store;

public static class StoreServices
{
    public static IServiceCollection AddStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AllotmentOptions>().Bind(configuration.GetSection(AllotmentOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        return services.AddSingleton<Allotments>().AddTransient<IVerifies, AllotmentVerifier>()
            .AddSingleton<StoreHealth>().AddSingleton<Projections>().AddSingleton<IJob, FeedJob>()
            .AddSingleton<Followers>().AddSingleton<IJob, FollowJob>();
    }
}
