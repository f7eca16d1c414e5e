using Club.Access;
using Club.Kernel;
using Club.Members;

namespace Club.Value;

/// <summary>Whoever is lost and has most to lose.</summary>
internal sealed class ChurnToday(ChurnList churn) : ITellsToday
{
    public string Name => "churn";
    public int Order => 50;
    public Right Right => Right.ReadValue;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation)
    {
        var items = new List<ChurnView>();
        // By value, the dearest first: of each as many as there is room for.
        foreach (var value in Programmes.CellStrategy.Values)
            if (items.Count < most)
                items.AddRange((await churn.List(dealer, value, caller, most - items.Count, null, cancellation)).Items);
        return [.. items.Select(one => new TodayItem(one.MemberId, one.Name, one.MayCall ? one.Phone : null, null, one.ExpectedBy, true,
            one.MayCall ? NextStep.Call : NextStep.FollowUp, null))];
    }
}
