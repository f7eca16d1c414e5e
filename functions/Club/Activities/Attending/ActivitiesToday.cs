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
        var tomorrow = calendar.At(calendar.Today.AddDays(1), TimeOnly.MinValue);
        var begun = await plans.Begun(tomorrow, dealer, caller, most, cancellation);
        return [.. begun.Where(one => calendar.Today <= calendar.DateOf(one.Until)).OrderBy(one => one.From).Select(one =>
            new TodayItem(null, null, null, one.Name, calendar.DateOf(one.Until), false, NextStep.CheckIn, one.Code))];
    }
}
