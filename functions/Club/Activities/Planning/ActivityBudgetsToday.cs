using Club.Access;
using Club.Kernel;
using Club.Members;

namespace Club.Activities;

/// <summary>Activities whose budget waits for a decision, those that begin first first.</summary>
internal sealed class ActivityBudgetsToday(ActivityPlans plans) : ITellsToday
{
    public string Name => "activityBudgets";
    public int Order => 18;
    public Right Right => Right.Approve;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation) =>
        // Nobody at a dealer decides what a dealer spends.
        caller.IsScoped ? [] : [.. (await plans.List(ActivityState.Requested, dealer, caller, most, null, cancellation)).Items
            .OrderBy(one => one.From).Select(one => new TodayItem(null, null, null, $"{one.Name}: {one.Budget.Asked} CNY", null, false,
                NextStep.Decide, one.Code))];
}
