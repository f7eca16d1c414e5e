using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Members;

public static class MembersServices
{
    public static IServiceCollection AddMembers(this IServiceCollection services) =>
        services.AddSingleton<Claims>().AddSingleton<Profiles>().AddSingleton<Membership>()
        .AddSingleton<EraseMember>().AddSingleton<IFinishes>(provider => provider.GetRequiredService<EraseMember>())
        .AddSingleton<IErases, ClaimErasure>().AddSingleton<ExportMember>().AddSingleton<IExports, ProfileExport>()
        .AddSingleton<MemberHistory>().AddSingleton<IExports>(provider => provider.GetRequiredService<MemberHistory>());
}
