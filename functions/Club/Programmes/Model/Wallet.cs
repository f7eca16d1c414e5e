using Club.Kernel;

namespace Club.Programmes;

/// <summary>A separate balance.</summary>
/// <param name="Unit">What one point is called, e.g. 积分.</param>
/// <param name="UnitCost">What one point costs the club when it is redeemed, in CNY.</param>
/// <param name="Source">Where its terms come from, quoted.</param>
/// <param name="ApproveAbove">The most that one message gives by itself: with more it waits until staff approve it. Null: no limit.</param>
public sealed record Wallet(
    WalletCode Code,
    string Name,
    WalletScope Scope,
    string Unit,
    ExpiryPolicy Expiry,
    decimal UnitCost,
    NegativeBalance NegativeBalance = NegativeBalance.Allow,
    string? Source = null,
    Points? ApproveAbove = null);

public enum WalletScope
{
    /// <summary>Good at every dealer.</summary>
    Club,

    /// <summary>Good only at the dealer that issued it: one balance for each.</summary>
    Branch,
}

/// <summary>What happens when more is taken back than is left.</summary>
public enum NegativeBalance
{
    /// <summary>The balance falls below zero; later accruals fill it first.</summary>
    Allow,
}

/// <summary>When points lapse. <see cref="Ledger.ExpiryRules"/> computes the day.</summary>
public abstract record ExpiryPolicy
{
    private ExpiryPolicy() { }

    /// <summary>So many months after they were earned.</summary>
    public sealed record RollingMonths(int Months) : ExpiryPolicy;

    /// <summary>After the first such date on or after the day of earning, plus <paramref name="YearsAhead"/> years. 29 February is 28 in a
    /// common year.</summary>
    public sealed record FixedDate(int Month, int Day, int YearsAhead) : ExpiryPolicy;

    /// <summary>So many months after the member last earned or spent in the wallet: whoever stays active keeps all of it.</summary>
    public sealed record Inactivity(int Months) : ExpiryPolicy;

    public sealed record Never : ExpiryPolicy;
}

/// <summary>The word that says which <see cref="ExpiryPolicy"/> it is.</summary>
public enum ExpiryKind { RollingMonths, FixedDate, Inactivity, Never }
