using Club.Ledger;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Value;

public static class ValueServices
{
    public static IServiceCollection AddValue(this IServiceCollection services) =>
        services.AddSingleton<ISettles, ValueSettling>().AddSingleton<ISweep, ClassSweep>().AddSingleton<IVerifiesLedger, ValueVerifier>()
            .AddSingleton<MemberValue>().AddSingleton<ChurnList>()
            .AddSingleton<ITellsToday, ChurnToday>().AddSingleton<ValueMatrix>().AddSingleton<MembersByClass>()
            .AddSingleton<IProjection>(provider => provider.GetRequiredService<MembersByClass>());
}
