using Club.Ledger;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Spending;

internal static class AdjustingServices
{
    public static IServiceCollection AddAdjusting(this IServiceCollection services) => services
        .AddSingleton<Adjustments>().AddSingleton<AdjustmentParts>()
        .AddSingleton<IErases>(provider => provider.GetRequiredService<AdjustmentParts>())
        .AddSingleton<IExports>(provider => provider.GetRequiredService<AdjustmentParts>())
        .AddSingleton<IMovesOnMerge>(provider => provider.GetRequiredService<AdjustmentParts>())
        .AddSingleton<IVerifies, MovesVerifier>();
}
