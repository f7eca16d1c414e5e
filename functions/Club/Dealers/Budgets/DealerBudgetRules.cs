using Club.Access;
using Club.Kernel;

namespace Club.Dealers;

/// <summary>Who asks for a dealer's budget, and who decides. Pure.</summary>
public static class DealerBudgetRules
{
    /// <summary>Asks for an amount. A request that waits is put in place of; what is approved holds until another amount is.</summary>
    /// <returns>The budget as it was where the same waits, or holds, already. Problem <c>over-limit</c>.</returns>
    public static Outcome<DealerBudget> Ask(DealerBudget? before, DealerId dealer, string month, BudgetRequest request,
        ActingPerson author, DateTimeOffset at)
    {
        var asked = before?.Asked ?? [];
        if (asked is [{ State: not BudgetState.Refused } latest, ..] && latest.Amount == request.Amount
            && latest.Purpose == request.Purpose)
            return before!;
        if (asked.Count >= DealerBudget.MostAsked)
            return new Problem("over-limit", $"{DealerBudget.MostAsked} requests for one month are the most.") { Kind = ProblemKind.Conflict };
        var next = new BudgetAsked((asked is [var last, ..] ? last.Number : 0) + 1, request.Amount, request.Purpose,
            BudgetState.AwaitingApproval, at, author);
        return new DealerBudget
        {
            DealerId = dealer,
            Month = month,
            Approved = before?.Approved,
            Asked = [next, .. asked.SkipWhile(one => one.State == BudgetState.AwaitingApproval)],
        };
    }

    /// <param name="seen">The amount that is approved; null: whichever waits.</param>
    /// <param name="spent">What was promised out of the budget.</param>
    /// <returns>The budget as it was where the same person has approved it. Problems: <c>already-decided</c>, <c>own-request</c>,
    /// <c>over-limit</c> when more is spent already.</returns>
    public static Outcome<DealerBudget> Approve(DealerBudget budget, Money? seen, Money spent, ActingPerson by, DateTimeOffset at)
    {
        var latest = budget.Latest;
        if (latest.State == BudgetState.Approved && latest.DecidedBy!.IsSameAs(by) && (seen is null || seen == latest.Amount))
            return budget;
        if (Undecidable(budget, by) is { } problem) return problem;
        if (seen is { } amount && amount != latest.Amount)
            return new Problem("already-decided", $"$.amount: {latest.Amount} CNY is asked for by now, not {amount}.", "$.amount")
            { Kind = ProblemKind.Conflict };
        if (latest.Amount < spent)
            return new Problem("over-limit", $"{spent} CNY is spent already; a budget of {latest.Amount} is too small.")
            { Kind = ProblemKind.Conflict };
        return With(budget, latest with { State = BudgetState.Approved, DecidedAt = at, DecidedBy = by }) with { Approved = latest.Amount };
    }

    /// <returns>The budget as it was where the same person has refused it. Problems: <c>already-decided</c>,
    /// <c>own-request</c>.</returns>
    public static Outcome<DealerBudget> Refuse(DealerBudget budget, string reason, ActingPerson by, DateTimeOffset at)
    {
        var latest = budget.Latest;
        if (latest.State == BudgetState.Refused && latest.DecidedBy!.IsSameAs(by)) return budget;
        if (Undecidable(budget, by) is { } problem) return problem;
        return With(budget, latest with { State = BudgetState.Refused, DecidedAt = at, DecidedBy = by, Refusal = reason });
    }

    private static DealerBudget With(DealerBudget budget, BudgetAsked decided) =>
        budget with { Asked = [decided, .. budget.Asked.Skip(1)] };

    private static Problem? Undecidable(DealerBudget budget, ActingPerson by)
    {
        if (budget.Latest.State != BudgetState.AwaitingApproval)
            return new Problem("already-decided",
                $"The budget of {budget.DealerId} for {budget.Month} is {budget.Latest.State.ToString().ToLowerInvariant()} already.")
            { Kind = ProblemKind.Conflict };
        return budget.Latest.Author.MustNotDecide($"The budget of {budget.DealerId} for {budget.Month}", by);
    }
}
