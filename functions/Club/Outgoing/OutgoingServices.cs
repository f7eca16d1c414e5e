using Club.Kernel;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Club.Outgoing;

public static class OutgoingServices
{
    public static IServiceCollection AddOutgoing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OutgoingOptions>().Bind(configuration.GetSection(OutgoingOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(_ => new Holder(Ids.Random("H")));
        return services
            .AddSingleton<FeedMarkBook>().AddSingleton<SubscriptionBook>().AddSingleton<WebhookClient>().AddSingleton<Deliverer>()
            .AddSingleton<DeliveryDesk>().AddSingleton<OutgoingWake>().AddSingleton<TopicTeller>()
            .AddSingleton<IHearsNews>(provider => provider.GetRequiredService<OutgoingWake>())
            .AddSingleton<IJob, OutgoingJob>()
            .AddSingleton<IFinishes>(provider => provider.GetRequiredService<SubscriptionBook>())
            .AddSingleton<IForgets, DeadEventForgetting>().AddSingleton<ITellsToday, SubscriptionsToday>();
    }
}
