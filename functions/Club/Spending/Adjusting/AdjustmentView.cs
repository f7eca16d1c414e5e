using Club.Access;
using Club.Kernel;
using Club.Ledger;

namespace Club.Spending;

/// <summary>What an adjustment came to. Its reason is not told again: the answer is kept longer than the person may be known.</summary>
/// <param name="Lots">What came into which lot, or was taken from it; empty while nothing is booked.</param>
/// <param name="Balance">What the wallet's entries add up to.</param>
public sealed record AdjustmentAnswer(string AdjustmentId, MemberId MemberId,
    AdjustmentState State, WalletCode Wallet, Points Points,
    IReadOnlyList<LotShare> Lots, Points Balance, DateTimeOffset At, string Author, string? DecidedBy) : IOfMember
{
    /// <param name="lines">Of the entry; empty when there is none.</param>
    public static AdjustmentAnswer Of(Adjustment one, IReadOnlyList<LotLine> lines, Points balance) => new(one.Id, one.MemberId, one.State,
        one.Wallet, one.Points, LotShare.Moved(lines), balance, one.At, one.Author.Name, one.DecidedBy?.Name);
}

/// <summary>An adjustment as it is listed for those who decide.</summary>
public sealed record AdjustmentView(string AdjustmentId, MemberId MemberId,
    AdjustmentState State, WalletCode Wallet, Points Points,
    DealerId? DealerId, string? Reason, DateTimeOffset At, string Author, DateTimeOffset? DecidedAt, string? DecidedBy, string? Refusal)
    : IOfMember
{
    public static AdjustmentView Of(Adjustment one) => new(one.Id, one.MemberId, one.State, one.Wallet, one.Points, one.DealerId,
        one.Reason, one.At, one.Author.Name, one.DecidedAt, one.DecidedBy?.Name, one.Refusal);
}
