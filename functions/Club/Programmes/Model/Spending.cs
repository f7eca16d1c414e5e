using Club.Kernel;

namespace Club.Programmes;

/// <summary>What points are good for 积分兑换, and on what terms. A programme without it lets nobody spend.</summary>
/// <param name="PointValue">What one point pays for at redemption, in CNY; a wallet may say otherwise.</param>
/// <param name="Least">The fewest points of one redemption.</param>
/// <param name="Step">Points are spent in multiples of it.</param>
/// <param name="Wallets">The wallets that can be spent.</param>
/// <param name="Bills">How points and cash share a bill.</param>
/// <param name="HoldMinutes">How long a hold 冻结 lasts.</param>
/// <param name="RefundGraceDays">How long lots that lapsed meanwhile live after a refund; 0: they do not return.</param>
public sealed record Spending(
    decimal PointValue, Points Least, Points Step, IReadOnlyList<SpendingWallet> Wallets, BillMix Bills, int HoldMinutes,
    int RefundGraceDays)
{
    /// <summary>How many times a point's value it pays for at partners.</summary>
    public decimal PartnerFactor { get; init; } = 1;

    /// <summary>The most that one member spends in a period, all wallets together.</summary>
    public IReadOnlyList<SpendingLimit> Limits { get; init; } = [];

    /// <summary>Null: points are not given away, not even within a family.</summary>
    public TransferTerms? Transfers { get; init; }

    /// <summary>What points may be donated to.</summary>
    public IReadOnlyList<DonationCause> Causes { get; init; } = [];

    /// <summary>Adjustments of more points, either way, need a second person; null: none does.</summary>
    public Points? ApproveAbove { get; init; }

    /// <summary>Null: nobody spends more than there is.</summary>
    public OverdraftTerms? Overdraft { get; init; }

    /// <summary>Where its terms come from, quoted.</summary>
    public string? Source { get; init; }

    /// <returns>Null for a wallet that cannot be spent.</returns>
    public SpendingWallet? Find(WalletCode wallet) => Wallets.FirstOrDefault(one => one.Wallet == wallet);

    /// <summary>What one point of the wallet pays for, in CNY.</summary>
    public decimal ValueOf(SpendingWallet wallet, bool atPartner) =>
        (wallet.PointValue ?? PointValue) * (atPartner ? PartnerFactor : 1);
}

/// <summary>A wallet that can be spent.</summary>
/// <param name="At">Where it is good; a branch wallet only at the dealer that issued its points.</param>
/// <param name="PointValue">Null: that of the programme.</param>
public sealed record SpendingWallet(WalletCode Wallet, GoodAt At, decimal? PointValue = null);

/// <summary>Where points can be spent.</summary>
public enum GoodAt
{
    Everywhere,

    /// <summary>At the dealer where they were earned.</summary>
    Issuer,

    /// <summary>At the club's dealers, not at partners.</summary>
    Dealers,
}

/// <summary>A dynamic mix: the member chooses the points between the two, cash fills the rest.</summary>
/// <param name="LeastShare">Of the bill, from 0 to 1.</param>
/// <param name="MostShare">Of the bill, from <paramref name="LeastShare"/> to 1.</param>
public sealed record BillMix(decimal LeastShare, decimal MostShare)
{
    public static readonly BillMix Any = new(0, 1);
}

/// <param name="Per">A day, a month or a year of the brand's calendar.</param>
public sealed record SpendingLimit(CapPeriod Per, Points Points);

/// <summary>Points from one member to another 转赠. Within a family 家庭 it is free of fee and limits.</summary>
/// <param name="Least">The fewest points of one transfer.</param>
/// <param name="PerYear">How often a year; null: as often as she likes.</param>
/// <param name="PointsPerYear">How many points a year; null: as many as there are.</param>
/// <param name="FeePercent">Of the points, on top of them; the fee goes to the programme.</param>
public sealed record TransferTerms(Points Least, int? PerYear = null, Points? PointsPerYear = null, decimal FeePercent = 0);

/// <summary>Something points may be donated to 捐赠.</summary>
/// <param name="Name">As members read it.</param>
public sealed record DonationCause(string Code, string Name);

/// <summary>Points spent before they are earned 透支: later accruals repay them first.</summary>
public sealed record OverdraftTerms(IReadOnlyList<TierOverdraft> Tiers, OverdraftEnd AtDeadline)
{
    public TierOverdraft? Of(TierCode tier) => Tiers.FirstOrDefault(one => one.Tier == tier);
}

/// <param name="Limit">The most that may be owed.</param>
/// <param name="Days">From the first point owed to the deadline.</param>
public sealed record TierOverdraft(TierCode Tier, Points Limit, int Days);

/// <summary>What happens when the deadline finds points still owed.</summary>
public enum OverdraftEnd
{
    /// <summary>The member buys them with cash, which is recorded and not collected.</summary>
    Buy,

    /// <summary>Nothing can be spent until they are repaid.</summary>
    Block,
}
