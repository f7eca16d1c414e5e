using Club.Access;
using Club.Kernel;

namespace Club.Gifts;

/// <summary>An order as answers tell it.</summary>
/// <param name="Cash">What the member pays beside the points, in CNY.</param>
/// <param name="ShipTo">In the order itself, for who may see the person; null in lists and in answers to commands.</param>
public sealed record OrderView(string OrderId, MemberId MemberId, OrderState State, string? RedemptionId, string Gift, string Name,
    GiftKind Kind, int Quantity, WalletCode? Wallet, Points Points, Money Cash, Collect Collect, DealerId? CollectAt, ShipTo? ShipTo,
    IReadOnlyList<VoucherShare> Vouchers, DateTimeOffset At, DateTimeOffset? ExpiresAt, IReadOnlyList<OrderStep> Steps, string Author)
        : IOfMember
{
    /// <summary>Without address and codes: as it is kept, and listed.</summary>
    public static OrderView Of(Order one, DateTimeOffset now) => new(one.Id, one.MemberId, one.On(now), one.RedemptionId, one.Gift,
        one.Name, one.Kind, one.Quantity, one.Wallet, one.Points, one.Cash, one.Collect, one.CollectAt, null,
        [.. one.Vouchers.Select(id => new VoucherShare(null, one.ValidUntil, id))], one.At, one.ExpiresAt, one.Steps, one.Author);
}

/// <summary>A voucher of an order.</summary>
/// <param name="Code">For who ordered it; null where it is not shown. It is never kept.</param>
/// <param name="ValidUntil">The last day on which it is good; null: for ever.</param>
public sealed record VoucherShare(string? Code, DateOnly? ValidUntil, VoucherId VoucherId);
