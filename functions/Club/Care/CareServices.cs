using Club.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Care;

public static class CareServices
{
    public static IServiceCollection AddCare(this IServiceCollection services) =>
        services.AddSingleton<ISettles, CareSettling>().AddSingleton<CareMessages>().AddSingleton<PlanCare>().AddSingleton<SendSms>();
}
