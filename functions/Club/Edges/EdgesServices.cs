using Club.Edges.Site;
using Club.Edges.Sms;
using Club.Edges.WeChat;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Club.Edges;

public static class EdgesServices
{
    public static IServiceCollection AddEdges(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WeChatOptions>().Bind(configuration.GetSection(WeChatOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<SiteWebhookOptions>().Bind(configuration.GetSection(SiteWebhookOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton(provider => new WeChatCallback(provider.GetRequiredService<IOptions<WeChatOptions>>().Value,
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<WeChatConversation>().AddSingleton<TemplateReports>()
            .AddSingleton<SiteRegistrations>().AddSingleton<Deliveries>().AddSingleton<IForgets>(
                provider => provider.GetRequiredService<Deliveries>())
            .AddSingleton<IAnswersInWeChat, PointsWord>().AddSingleton<IAnswersInWeChat, TierWord>()
            .AddSingleton<IAnswersInWeChat, CardWord>().AddSingleton<IAnswersInWeChat, WhyWord>()
            .AddSingleton<IAnswersInWeChat, NearWord>()
            .AddSingleton<IAnswersInWeChat, ActivitiesWord>().AddSingleton<IAnswersInWeChat, SignUpWord>()
            .AddSingleton<IAnswersInWeChat, NoSmsWord>().AddSingleton<IAnswersInWeChat, SmsWord>()
            .AddSingleton<SmsFeedback>().AddSingleton<SmsReplyHandler>().AddSingleton<SmsWebhookDoor>()
            .AddSingleton<CodePictures>().AddSingleton<CardLinks>().AddSingleton<CardPage>()
            .AddSingleton<MemberViews>().AddSingleton<MemberSearch>()
            .AddSingleton<IExports, AccountExport>().AddSingleton<IExports, EntryExport>().AddSingleton<IExports, AuditExport>();
    }
}
