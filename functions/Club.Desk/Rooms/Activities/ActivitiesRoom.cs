using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Activities;

/// <summary>Activities 活动 from the plan to the door: budget, invitations, check-in, and what came of it.</summary>
public sealed class ActivitiesRoom : Room
{
    public const string Address = "activities";

    public override string Path => Address;
    public override Said Title => ActivitiesWords.Activities;
    public override Right Right => Right.ReadActivities;
    public override int Order => 15;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<ActivitiesPage>("", Right.ReadActivities),
        Route.Page<PlanPage>("new", Right.PlanActivities),
        Route.Form<PlanActivity>("new", Right.PlanActivities),
        Route.Page<ActivityPage>("{activity}", Right.ReadActivities),
        Route.Page<PlanPage>("{activity}/plan", Right.PlanActivities),
        Route.Form<PlanActivity>("{activity}/plan", Right.PlanActivities),
        Route.Form<StepActivity>("{activity}/step", Right.PlanActivities),
        Route.Form<DecideBudget>("{activity}/decide", Right.Approve),
        Route.Form<InviteMembers>("{activity}/invite", Right.PlanActivities),
        Route.Form<LetIn>("{activity}/check-in", Right.CheckIn),
    ];
}
