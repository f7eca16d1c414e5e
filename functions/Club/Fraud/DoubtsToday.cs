using Club.Access;
using Club.Kernel;
using Club.Members;

namespace Club.Fraud;

/// <summary>Bills in doubt that nobody has looked at.</summary>
internal sealed class DoubtsToday(FraudDesk desk) : ITellsToday
{
    public string Name => "doubts";
    public int Order => 15;
    public Right Right => Right.DecideSuspicions;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation)
    {
        var open = await desk.List(SuspicionState.Open, dealer, most, null, cancellation);
        return [.. open.Items.OrderBy(one => one.FoundAt).Select(one => new TodayItem(one.MemberId, null, null, one.SourceId, null, false,
            NextStep.Check, one.SuspicionId))];
    }
}
