using Club.Access;
using Club.Kernel;
using Club.Members;

namespace Club.Dealers;

/// <summary>Dealers' budgets that wait for a decision, the oldest first.</summary>
internal sealed class BudgetsToday(DealerBudgets budgets) : ITellsToday
{
    public string Name => "budgets";
    public int Order => 16;
    public Right Right => Right.DecideDealerBudgets;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation) =>
        [.. (await budgets.List(dealer, BudgetState.AwaitingApproval, caller, most, null, cancellation)).Items
            .OrderBy(one => one.Asked[0].At).Select(one => new TodayItem(null, null, null,
                $"{one.DealerId} {one.Month}: {one.Asked[0].Amount} CNY, {one.Asked[0].Purpose}", null, false, NextStep.Decide,
                $"{one.DealerId}/{one.Month}"))];
}
