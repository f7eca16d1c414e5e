using Club.Access;
using Club.Kernel;
using Club.Members;

namespace Club.Activities;

/// <summary>What takes place today.</summary>
internal sealed class ActivitiesToday(ActivityPlans plans, ClubCalendar calendar) : ITellsToday
{
    public string Name => "activities";
    public int Order => 35;
    public Right Right => Right.CheckIn;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation)
    {
        var open = await plans.List(ActivityState.Open, dealer, caller, most, null, cancellation);
        return [.. open.Items.Where(IsToday).OrderBy(one => one.From).Select(one =>
            new TodayItem(null, null, null, one.Name, calendar.DateOf(one.Until), false, NextStep.CheckIn, one.Code))];
    }

    private bool IsToday(ClubActivity one) => calendar.DateOf(one.From) <= calendar.Today && calendar.Today <= calendar.DateOf(one.Until);
}
