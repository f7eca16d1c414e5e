using Club.Access;
using Club.Kernel;
using Club.Members;

namespace Club.Spending;

/// <summary>Corrections that wait for a second person, the oldest first.</summary>
internal sealed class AdjustmentsToday(Adjustments adjustments) : ITellsToday
{
    public string Name => "adjustments";
    public int Order => 14;
    public Right Right => Right.ReadAdjustments;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation)
    {
        // They are headquarters' to decide, whosever the member is.
        if (caller.IsScoped || dealer is not null) return [];
        var waiting = await adjustments.List(AdjustmentState.AwaitingApproval, most, null, cancellation);
        return [.. waiting.Items.OrderBy(one => one.At).Select(one =>
            new TodayItem(one.MemberId, null, null, $"{one.Points} {one.Wallet}", null, false, NextStep.Decide, one.AdjustmentId))];
    }
}
