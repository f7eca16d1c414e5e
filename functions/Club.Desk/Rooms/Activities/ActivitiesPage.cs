using Club.Activities;
using Club.Desk.Frame;
using Club.Kernel;

namespace Club.Desk.Rooms.Activities;

/// <param name="State">Null: of any.</param>
public sealed record ActivitiesModel(PageOf<ClubActivity> Found, ActivityState? State);

/// <summary>Activities, those that begin last first.</summary>
public sealed class ActivitiesPage(ActivityPlans plans) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        var state = ActivitiesWords.StateOf(visit.Asked("state"));
        DealerId? dealer = visit.Asked("dealerId") is { } named ? new DealerId(named) : null;
        var found = await Paging.Find(visit, (limit, continuation) =>
            plans.List(state, dealer, visit.Admitted, limit, continuation, cancellation));
        return Reply.Of<ActivityList>(new ActivitiesModel(found, state), ActivitiesWords.Activities);
    }
}
