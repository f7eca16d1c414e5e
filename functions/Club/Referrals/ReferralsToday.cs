using Club.Access;
using Club.Kernel;
using Club.Members;

namespace Club.Referrals;

/// <summary>Who was reported and has not bought yet.</summary>
internal sealed class ReferralsToday(ReferralDesk desk) : ITellsToday
{
    public string Name => "referrals";
    public int Order => 40;
    public Right Right => Right.ReadReferrals;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation)
    {
        var open = await desk.List(ReferralState.Open, dealer, caller, most, null, cancellation);
        return [.. open.Items.OrderBy(one => one.Until).Select(one =>
            // Named is who may buy, whom the club does not know yet.
            new TodayItem(null, one.Name, one.Phone, one.Model, one.Until, false, NextStep.FollowUp, one.ReferralId))];
    }
}
