using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Access;

namespace Club.Spending;

/// <summary>A redemption as answers tell it.</summary>
/// <param name="Cost">What its points cost: the sum of each lot's own price, in CNY.</param>
/// <param name="Balance">What the wallet's entries add up to.</param>
/// <param name="Refunded">Points given back so far.</param>
public sealed record RedemptionView(string RedemptionId, MemberId MemberId, RedemptionState State, WalletCode Wallet, Points Points,
    Money Cash, Points Overdrawn, Money Cost, decimal PointValue, SpentFor For, IReadOnlyList<LotShare> Lots, DateTimeOffset At,
        DateTimeOffset? ExpiresAt,
    DateTimeOffset? EndedAt, string Author, string? Reason, Points Refunded, IReadOnlyList<RefundPart> Refunds, Points? Balance) : IOfMember
{
    /// <param name="now">A hold whose time is over has lapsed, whether or not a sweep came by.</param>
    public static RedemptionView Of(Redemption one, DateTimeOffset now, Points? balance)
    {
        LotShare[] lots = [.. one.Lines.Where(line => line.Points.IsNegative).Select(line => LotShare.Of(line, one.Price.UnitCost))];
        return new RedemptionView(one.Id, one.MemberId,
            one is { State: RedemptionState.Held, ExpiresAt: { } until } && until <= now ? RedemptionState.Lapsed : one.State, one.Wallet,
            one.Points, one.Cash, one.Overdrawn, lots.Aggregate(Money.Zero, (sum, lot) => sum + lot.Cost), one.Price.PointValue, one.For,
                lots,
            one.At, one.ExpiresAt, one.EndedAt, one.Author, one.Reason, one.Refunded, one.Refunds, balance);
    }
}

/// <summary>What one lot paid.</summary>
/// <param name="Lot"><c>debt</c>: what was spent before it is earned.</param>
/// <param name="UnitCost">What a point of it costs the club, in CNY.</param>
public sealed record LotShare(string Lot, Points Points, decimal UnitCost, Money Cost, DateOnly EarnedOn, DateOnly? LapsesOn,
    IReadOnlyList<Funding> Funding)
{
    public static LotShare Of(LotLine line, decimal otherwise) => new(line.Lot, -line.Points, line.UnitCost ?? otherwise,
        MoveLines.CostOf(line, otherwise), line.EarnedOn, line.LapsesOn, FundingRules.Negated(line.Payers));

    /// <summary>Of an entry: what each lot gave or took, as numbers above zero.</summary>
    public static IReadOnlyList<LotShare> Moved(IReadOnlyList<LotLine> lines) =>
    [
        .. lines.Where(line => !line.Points.IsZero).Select(line => line.Points.IsNegative ? Of(line, 0)
            : new LotShare(line.Lot, line.Points, line.UnitCost ?? 0, MoveLines.CostOf(line, 0), line.EarnedOn, line.LapsesOn,
                line.Payers)),
    ];
}
