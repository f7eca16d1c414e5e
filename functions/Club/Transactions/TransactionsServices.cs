using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Transactions;

public static class TransactionsServices
{
    public static IServiceCollection AddTransactions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RejectionOptions>().Bind(configuration.GetSection(RejectionOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<TransactionReader>().AddSingleton<KeyCheck>().AddScoped<SentWith>().AddSingleton<IKeyScopes, EverySource>()
            .AddSingleton<MessageKeys>().AddSingleton<OwnTransactions>()
            .AddSingleton<Budgets>().AddSingleton<BookingFactsReader>().AddSingleton<Booking>()
            .AddSingleton<Parking>().AddSingleton<ParkedKeys>()
            .AddSingleton<Rejections>().AddSingleton<Accrue>().AddSingleton<IFollows, PlanRefunds>()
            .AddSingleton<ISettles, CapSettling>().AddSingleton<IMovesOnMerge, MoveReversed>().AddSingleton<IFinishes, RejectionFinish>()
            .AddSingleton<IForgets, RejectionFinish>().AddSingleton<IForgets, ParkedForgetting>()
            .AddSingleton<IErases, RejectionErasure>().AddSingleton<IErases, ParkedErasure>().AddSingleton<IErases, KeyErasure>()
            .AddSingleton<IVerifies, KeyVerifier>().AddSingleton<IVerifiesLedger, KeyVerifier>();
    }
}
