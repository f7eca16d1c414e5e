using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Club.Spending;

public static class SpendingServices
{
    public static IServiceCollection AddSpending(this IServiceCollection services)
    {
        services.TryAddSingleton<IPricesGifts, NoGifts>();
        return services.AddSingleton<Redemptions>().AddSingleton<Quotes>().AddSingleton<ISettles, SpendingSettling>()
            .AddSingleton<ISweep, HoldSweep>().AddSingleton<ISweep, OverdraftSweep>().AddSingleton<IMovesOnMerge, MoveSpending>()
            .AddSingleton<IVerifies, SpendingVerifier>().AddSingleton<IExports, SpendingExport>().AddSingleton<MovesLedger>()
            .AddAdjusting().AddGiving().AddExchanging().AddRequests();
    }

    /// <summary>Without a catalogue there are no gifts.</summary>
    private sealed class NoGifts : IPricesGifts
    {
        public Task<Outcome<GiftPrice>> Price(string gift, int quantity, Profile profile, Account account, ProgrammeVersions rules,
            CancellationToken cancellation) => Task.FromResult<Outcome<GiftPrice>>(Problem.NotFound($"Gift \"{gift}\""));
    }
}
