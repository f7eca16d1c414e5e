using Club.Kernel;

namespace Club.Dealers;

/// <summary>What a dealer's budget of a month gives to something.</summary>
/// <param name="UsedByOthers">What others have had of it.</param>
/// <param name="Approved">The whole.</param>
public readonly record struct BudgetShare(Money Granted, Money UsedByOthers, Money Approved);
