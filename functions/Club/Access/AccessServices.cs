using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Access;

public static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuthOptions>().Bind(configuration.GetSection(AuthOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<CallLimitOptions>().Bind(configuration.GetSection(CallLimitOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        return services.AddSingleton<ClubTokens>().AddSingleton<TokenReader>().AddSingleton<IssuerSignIn>().AddSingleton<AuditTrail>()
            .AddSingleton<StaffKeys>();
    }
}
