using Club.Ledger;
using Club.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Members;

public static class MembersServices
{
    public static IServiceCollection AddMembers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection(RetentionOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        return services.AddSingleton<Claims>().AddSingleton<Profiles>().AddSingleton<Membership>()
        .AddSingleton<ComplaintLog>().AddSingleton<ComplaintLedger>()
        .AddSingleton<ISweep, ComplaintSweep>().AddSingleton<IForgets, ComplaintParts>()
        .AddSingleton<IErases, ComplaintParts>().AddSingleton<IExports, ComplaintParts>().AddSingleton<IMovesOnMerge, ComplaintParts>()
        .AddSingleton<Transfers>().AddSingleton<ChangeConsent>().AddSingleton<MessageConsents>()
        .AddSingleton<CorrectMember>().AddSingleton<IFinishes>(provider => provider.GetRequiredService<CorrectMember>())
        .AddSingleton<EraseMember>().AddSingleton<IFinishes>(provider => provider.GetRequiredService<EraseMember>())
        .AddSingleton<IErases, ClaimErasure>().AddSingleton<ExportMember>().AddSingleton<IExports, ProfileExport>()
        .AddSingleton<ISweep, LapseSweep>().AddSingleton<MemberReturn>().AddTransient<IVerifies, LapseVerifier>()
        .AddSingleton<TodayDesk>().AddSingleton<ITellsToday, ComplaintsToday>().AddSingleton<ITellsToday, BirthdaysToday>()
        .AddSingleton<MemberHistory>().AddSingleton<IExports>(provider => provider.GetRequiredService<MemberHistory>());
    }
}
