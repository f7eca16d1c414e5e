using Club.Care;
using Club.Ledger;
using Club.Members;
using Club.Spending;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Gifts;

public static class GiftsServices
{
    public static IServiceCollection AddGifts(this IServiceCollection services) => services
        .AddSingleton<IPricesGifts, GiftPrices>().AddSingleton<GiftCatalogue>()
        .AddSingleton<GiftStocks>().AddSingleton<IFinishes>(provider => provider.GetRequiredService<GiftStocks>())
        .AddSingleton<VoucherSecrets>().AddSingleton<VoucherCodes>().AddSingleton<VoucherPools>().AddSingleton<VoucherDesk>()
        .AddSingleton<VoucherBatches>().AddSingleton<IFinishes>(provider => provider.GetRequiredService<VoucherBatches>())
        .AddSingleton<ITellsToday, OrdersToday>()
        .AddSingleton<IOccasions, OrderOccasions>()
        .AddSingleton<OrderFacts>().AddSingleton<Orders>().AddSingleton<OrderSteps>().AddSingleton<ISweep, OrderSweep>()
        .AddSingleton<OrderParts>().AddSingleton<IMovesOnMerge>(provider => provider.GetRequiredService<OrderParts>())
        .AddSingleton<IExports>(provider => provider.GetRequiredService<OrderParts>())
        .AddSingleton<IErases>(provider => provider.GetRequiredService<OrderParts>())
        .AddSingleton<IForgets>(provider => provider.GetRequiredService<OrderParts>()).AddSingleton<IErases, OrderErasure>()
        .AddTransient<IVerifies, OrderVerifier>();
}
