using Club.Ledger;
using Club.Members;
using Club.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Fraud;

public static class FraudServices
{
    public static IServiceCollection AddFraud(this IServiceCollection services) => services
        .AddSingleton<IChecksBills, BillChecks>().AddSingleton<FraudDesk>().AddSingleton<ITellsToday, DoubtsToday>()
        .AddSingleton<IMovesOnMerge, FraudParts>().AddSingleton<IErases, FraudParts>().AddSingleton<IExports, FraudParts>();
}
