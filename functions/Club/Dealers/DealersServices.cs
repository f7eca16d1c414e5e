using Club.Members;
using Club.Store;
using Club.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Dealers;

public static class DealersServices
{
    public static IServiceCollection AddDealers(this IServiceCollection services) => services
        .AddSingleton<Dealerships>().AddSingleton<ClosedDealers>().AddSingleton<DealerBudgets>()
        .AddSingleton<ITellsToday, BudgetsToday>()
        .AddSingleton<IPlanBudgets>(provider => provider.GetRequiredService<DealerBudgets>())
        .AddSingleton<DealerPlans>().AddSingleton<IEndsWithDealer>(provider => provider.GetRequiredService<DealerPlans>())
        .AddSingleton<DealerClosings>().AddSingleton<IFinishes>(provider => provider.GetRequiredService<DealerClosings>())
        .AddSingleton<IFollows, ClosedDealerFollower>();
}
