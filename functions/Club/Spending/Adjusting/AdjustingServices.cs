using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Spending;

internal static class AdjustingServices
{
    public static IServiceCollection AddAdjusting(this IServiceCollection services) =>
        services.AddSingleton<Adjustments>().AddParts<AdjustmentParts>().AddSingleton<IVerifies, MovesVerifier>();
}
