using Club.Kernel;

namespace Club.Ledger;

/// <summary>
/// What a member did in one category on one business date: the measure of every tier criterion. Kept per day, so that a rolling window is
/// exact.
/// </summary>
/// <param name="On">The business date; <see cref="DateOnly.MinValue"/> gathers what is older than every window of the programme.</param>
/// <param name="Points">Points earned in <paramref name="Wallet"/>, less what was reversed.</param>
/// <param name="Spend">Spent, less what was reversed.</param>
/// <param name="Count">How many lines (vehicles bought, referrals…), less those reversed in full.</param>
public sealed record Activity(DateOnly On, string Category, WalletCode Wallet, Points Points, Money Spend, int Count);

/// <summary>The tier a member holds.</summary>
/// <param name="ValidUntil">The last day on which it holds; null for a tier without an end.</param>
/// <param name="GraceUntil">Set while a tier that was not requalified is kept for the grace period: its last day.</param>
public sealed record TierState(TierCode Code, DateOnly Since, DateOnly? ValidUntil, DateOnly? GraceUntil = null);

/// <param name="Since">The first day on which it was held.</param>
public sealed record PastTier(TierCode Code, DateOnly Since);
