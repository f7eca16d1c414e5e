using Club.Ledger;
using Club.Members;
using Club.Store;
using Club.Value;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Care;

public static class CareServices
{
    public static IServiceCollection AddCare(this IServiceCollection services) =>
        services.AddSingleton<ISettles, CareSettling>().AddSingleton<ISettlesProfile, CareSettling>().AddSingleton<ISweep, CareSweep>()
            .AddSingleton<ISweep, SmsSweep>().AddSingleton<CareMessages>().AddSingleton<PlanCare>().AddSingleton<SendSms>()
            .AddSingleton<CareCalls>().AddSingleton<ITellsTries, CareTries>()
            .AddSingleton<CallAdvisors>().AddSingleton<CallCauses>().AddSingleton<NextChannel>().AddSingleton<CareLetters>()
            .AddSingleton<IForgets, LetterParts>().AddSingleton<IErases, LetterParts>().AddSingleton<IExports, LetterParts>()
            .AddSingleton<IMovesOnMerge, LetterParts>().AddSingleton<ITellsToday, CallsToday>()
            .AddSingleton<IFollows, CallPlanner>().AddSingleton<IForgets, CallParts>()
            .AddSingleton<IErases, CallParts>().AddSingleton<IExports, CallParts>().AddSingleton<IMovesOnMerge, CallParts>()
            .AddSingleton<AskAboutComplaint>().AddSingleton<IOccasions, ComplaintOccasions>()
            .AddSingleton<IFollows, DueVisits>().AddSingleton<ITellsToday, MaintenanceToday>().AddSingleton<MemberMaintenance>()
            .AddSingleton<IForgets, MaintenanceParts>().AddSingleton<IErases, MaintenanceParts>()
            .AddSingleton<IExports, MaintenanceParts>().AddSingleton<IMovesOnMerge, MaintenanceParts>()
            .AddSingleton<CareFrequency>().AddSingleton<IFollows, InsuranceDates>().AddSingleton<CareEffects>().AddSingleton<MeasuredCare>()
            .AddSingleton<IProjection>(provider => provider.GetRequiredService<MeasuredCare>());
}
