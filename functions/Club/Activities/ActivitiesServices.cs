using Club.Care;
using Club.Dealers;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Club.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Activities;

public static class ActivitiesServices
{
    public static IServiceCollection AddActivities(this IServiceCollection services) => services
        .AddSingleton<ActivityPlans>().AddSingleton<IEndsWithDealer, ClosedDealerActivities>().AddSingleton<ITellsToday, ActivitiesToday>()
        .AddSingleton<ITellsToday, ActivityBudgetsToday>()
        .AddSingleton<SignUpsByActivity>().AddSingleton<IProjection>(provider => provider.GetRequiredService<SignUpsByActivity>())
        .AddSingleton<ActivityReports>().AddSingleton<ActivityPhotos>().AddSingleton<Interactions>()
        .AddSingleton<IOccasions, InvitationOccasions>().AddSingleton<Invitees>().AddSingleton<Inviting>().AddSingleton<Invitations>()
        .AddSingleton<IFinishes>(provider => provider.GetRequiredService<Invitations>())
        .AddSingleton<SignUpLedger>().AddSingleton<Places>().AddSingleton<SignUps>()
        .AddSingleton(new OwnCategories(SignUpRules.Category, SignUpRules.GuestCategory))
        .AddSingleton<AttendancePoints>().AddSingleton<CheckIns>()
        .AddSingleton<SignUpParts>().AddSingleton<IFinishes>(provider => provider.GetRequiredService<SignUpParts>())
        .AddSingleton<IMovesOnMerge>(provider => provider.GetRequiredService<SignUpParts>())
        .AddSingleton<IExports>(provider => provider.GetRequiredService<SignUpParts>())
        .AddSingleton<IErases>(provider => provider.GetRequiredService<SignUpParts>());
}
