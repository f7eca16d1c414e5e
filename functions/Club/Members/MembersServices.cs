using Microsoft.Extensions.DependencyInjection;

namespace Club.Members;

public static class MembersServices
{
    public static IServiceCollection AddMembers(this IServiceCollection services) =>
        services.AddSingleton<Claims>().AddSingleton<Profiles>().AddSingleton<Membership>();
}
