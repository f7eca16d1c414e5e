using Club.Members;
using Club.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Club.Messaging;

public static class MessagingServices
{
    public static IServiceCollection AddMessaging(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SmsOptions>().Bind(configuration.GetSection(SmsOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WeChatApiOptions>().Bind(configuration.GetSection(WeChatApiOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<WeChatHttp>().AddSingleton<WeChatTokens>().AddSingleton<IWeChatMessages, WeChatMessages>();
        return services.AddSingleton<IErases, SmsErasure>().AddSingleton<IForgets, SmsForgetting>().AddSingleton<IExports, SmsExport>()
            .AddSingleton(provider => provider.GetRequiredService<IOptions<SmsOptions>>().Value.Replies);
    }
}
