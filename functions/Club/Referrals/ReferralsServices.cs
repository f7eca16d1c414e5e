using Club.Ledger;
using Club.Members;
using Club.Store;
using Club.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Referrals;

public static class ReferralsServices
{
    public static IServiceCollection AddReferrals(this IServiceCollection services) => services
        .AddSingleton<ReferralLedger>().AddSingleton<ReferralTies>().AddSingleton<ReferralDesk>()
        .AddSingleton<ITellsToday, ReferralsToday>()
        .AddSingleton(new OwnCategories(ReferralRules.Category, ReferralRules.BuyerCategory, RepurchaseRules.Category))
        .AddSingleton<IFollows, ReferralRewards>().AddSingleton<INotesBills, BilledVehicles>().AddSingleton<ISweep, ReferralSweep>()
        .AddSingleton<IMovesOnMerge, ReferralParts>().AddSingleton<IErases, ReferralParts>().AddSingleton<IExports, ReferralParts>()
        .AddSingleton<VehicleSales>().AddSingleton<RepurchaseLedger>().AddSingleton<RepurchaseDesk>()
        .AddSingleton<ITellsToday, RepurchasesToday>()
        .AddSingleton<IFollows, RepurchaseFollower>().AddSingleton<ISweep, RepurchaseSweep>()
        .AddSingleton<IForgets, RepurchaseParts>().AddSingleton<IMovesOnMerge, RepurchaseParts>()
        .AddSingleton<IErases, RepurchaseParts>().AddSingleton<IExports, RepurchaseParts>();
}
