using Club.Ledger;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Spending;

internal static class GivingServices
{
    public static IServiceCollection AddGiving(this IServiceCollection services) => services
        .AddSingleton<Donations>().AddSingleton<Families>().AddSingleton<PointTransfers>()
        .AddSingleton<IFinishes>(provider => provider.GetRequiredService<PointTransfers>())
        .AddParts<TransferParts>().AddParts<FamilyParts>();

    /// <summary>What tells, forgets and moves along what a feature keeps of a member.</summary>
    public static IServiceCollection AddParts<T>(this IServiceCollection services) where T : class, IErases, IExports, IMovesOnMerge =>
        services.AddSingleton<T>().AddSingleton<IErases>(provider => provider.GetRequiredService<T>())
        .AddSingleton<IExports>(provider => provider.GetRequiredService<T>())
        .AddSingleton<IMovesOnMerge>(provider => provider.GetRequiredService<T>());
}
