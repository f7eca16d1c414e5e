using Club.Kernel;

namespace Club.Dealers;

/// <summary>A dealer's budget of a month.</summary>
/// <param name="Approved">What may be spent, in CNY; null: nothing yet.</param>
/// <param name="Spent">What was promised out of it, in CNY.</param>
/// <param name="Asked">Requests, the latest first.</param>
public sealed record BudgetView(DealerId DealerId, string Month,
    BudgetState State, Money? Approved, Money Spent,
    IReadOnlyList<BudgetAskedView> Asked)
{
    public static BudgetView Of(DealerBudget one, Money spent) => new(one.DealerId, one.Month, one.Latest.State, one.Approved, spent,
        [.. one.Asked.Select(asked => new BudgetAskedView(asked.Amount, asked.Purpose, asked.State, asked.At, asked.Author.Name,
            asked.DecidedAt, asked.DecidedBy?.Name, asked.Refusal))]);
}

/// <summary>One request, and what became of it.</summary>
public sealed record BudgetAskedView(Money Amount, string Purpose,
    BudgetState State, DateTimeOffset At, string Author,
    DateTimeOffset? DecidedAt, string? DecidedBy, string? Refusal);
