using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Dealing;

/// <summary>Dealers 经销商: how their branches compare, one with what is known of it, and what it may spend in a month.</summary>
public sealed class DealingRoom : Room
{
    public const string Address = "dealers";

    public override string Path => Address;
    public override Said Title => DealingWords.Dealers;
    public override Right Right => Right.ReadDealers;
    public override int Order => 25;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<DealersPage>("", Right.ReadDealers),
        Route.Page<WaitingBudgetsPage>("waiting", Right.DecideDealerBudgets),
        Route.Page<DealerPage>("{dealer}", Right.ReadDealers),
        Route.Form<WritePlan>("{dealer}/plan", Right.WriteDealerPlan),
        Route.Form<SuspendPlan>("{dealer}/plan/suspend", Right.SuspendDealerPlan),
        Route.Form<ResumePlan>("{dealer}/plan/resume", Right.SuspendDealerPlan),
        Route.Form<AskBudget>("{dealer}/budgets", Right.AskDealerBudget),
        Route.Form<ApproveBudget>("{dealer}/budgets/{month}/approve", Right.DecideDealerBudgets),
        Route.Form<RefuseBudget>("{dealer}/budgets/{month}/refuse", Right.DecideDealerBudgets),
    ];
}
