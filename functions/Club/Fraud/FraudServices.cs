using Club.Ledger;
using Club.Members;
using Club.Store;
using Club.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Fraud;

public static class FraudServices
{
    public static IServiceCollection AddFraud(this IServiceCollection services) => services
        .AddSingleton<IChecksBills, BillChecks>().AddSingleton<IChecksBills, CircleChecks>()
        .AddSingleton<DoubtKeeper>().AddSingleton<DealerDays>()
        .AddSingleton<IForgets>(provider => provider.GetRequiredService<DealerDays>())
        .AddSingleton<FraudDesk>().AddSingleton<ITellsToday, DoubtsToday>()
        .AddSingleton<IMovesOnMerge, FraudParts>().AddSingleton<IErases, FraudParts>().AddSingleton<IExports, FraudParts>();
}
