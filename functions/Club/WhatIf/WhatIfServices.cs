using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Club.WhatIf;

public static class WhatIfServices
{
    public static IServiceCollection AddWhatIf(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WhatIfOptions>().Bind(configuration.GetSection(WhatIfOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        return services.AddSingleton<Replay>().AddSingleton<WhatIfGate>();
    }
}
