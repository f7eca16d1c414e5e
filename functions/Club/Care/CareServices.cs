using Club.Ledger;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Care;

public static class CareServices
{
    public static IServiceCollection AddCare(this IServiceCollection services) =>
        services.AddSingleton<ISettles, CareSettling>().AddSingleton<ISettlesProfile, CareSettling>().AddSingleton<ISweep, CareSweep>()
            .AddSingleton<ISweep, SmsSweep>().AddSingleton<CareMessages>().AddSingleton<PlanCare>().AddSingleton<SendSms>()
            .AddSingleton<CareFrequency>().AddSingleton<IFollows, InsuranceDates>().AddSingleton<CareEffects>().AddSingleton<MeasuredCare>()
            .AddSingleton<IProjection>(provider => provider.GetRequiredService<MeasuredCare>());
}
