using Microsoft.Extensions.DependencyInjection;

namespace Club.Explaining;

public static class ExplainingServices
{
    public static IServiceCollection AddExplaining(this IServiceCollection services) =>
        services.AddSingleton<Explain>().AddSingleton<Preview>();
}
