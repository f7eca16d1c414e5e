using Club.Kernel;

namespace Club.Transactions;

/// <summary>What a dealer's budget of a month gives to something.</summary>
/// <param name="UsedByOthers">What others have had of it.</param>
/// <param name="Approved">The whole.</param>
public readonly record struct BudgetShare(Money Granted, Money UsedByOthers, Money Approved);

/// <summary>What pays for the points that dealers' own plans give.</summary>
public interface IPlanBudgets
{
    /// <summary>Promises money of the month to a cause; the same cause that asks again has its promise adjusted.</summary>
    /// <param name="cause">The id of the entry.</param>
    Task<BudgetShare> Share(DealerId dealer, DateOnly on, string cause, Money wanted, CancellationToken cancellation);

    /// <summary>What it would be promised now; nothing is.</summary>
    Task<BudgetShare> Estimate(DealerId dealer, DateOnly on, Money wanted, CancellationToken cancellation);

    /// <summary>How much of the month's budget a cause has.</summary>
    Task<Money> Promised(DealerId dealer, DateOnly on, string cause, CancellationToken cancellation);
}
