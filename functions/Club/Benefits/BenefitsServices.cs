using Club.Ledger;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Benefits;

public static class BenefitsServices
{
    public static IServiceCollection AddBenefits(this IServiceCollection services) =>
        services.AddSingleton<MemberBenefits>().AddSingleton<IMovesOnMerge, MoveBenefits>().AddSingleton<IVerifies, BenefitVerifier>()
            .AddSingleton<IExports, BenefitExport>();
}
