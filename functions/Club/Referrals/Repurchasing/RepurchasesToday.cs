using Club.Access;
using Club.Kernel;
using Club.Members;

namespace Club.Referrals;

/// <summary>Who is to be asked for another vehicle by today.</summary>
internal sealed class RepurchasesToday(RepurchaseDesk desk, ClubCalendar calendar) : ITellsToday
{
    public string Name => "repurchases";
    public int Order => 45;
    public Right Right => Right.ReadCalls;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation)
    {
        var open = await desk.List(RepurchaseState.Open, dealer, calendar.Today, caller, most, null, cancellation);
        return [.. open.Items.Select(one => new TodayItem(one.MemberId, one.Name, null, one.Vehicle.Model, one.NextOn,
            one.NextOn < calendar.Today, NextStep.FollowUp, one.RepurchaseId))];
    }
}
