using Club.Members;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Spending;

internal static class AdjustingServices
{
    public static IServiceCollection AddAdjusting(this IServiceCollection services) =>
        services.AddSingleton<Adjustments>().AddSingleton<ITellsToday, AdjustmentsToday>()
            .AddParts<AdjustmentParts>().AddSingleton<IVerifies, MovesVerifier>();
}
