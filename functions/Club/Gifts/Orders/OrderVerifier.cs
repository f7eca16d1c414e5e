using Club.Ledger;
using Club.Spending;
using Club.Store;

namespace Club.Gifts;

/// <summary>An order, its points, its vouchers and what of the stock is promised to it tell the same; and nobody else is promised
/// any.</summary>
internal sealed class OrderVerifier(IClubStore store, Allotments allotments) : IVerifies
{
    private readonly HashSet<string> _gifts = new(StringComparer.Ordinal);

    public async Task Verify(Document document, Action<string> differs, CancellationToken cancellation)
    {
        if (document.Type == GiftStock.Id) _gifts.Add(document.As<GiftStock>().Code);
        if (document.Type != "order" || document.As<Order>().IsHidden) return;
        // The state of now, and once more when it changed meanwhile.
        for (var look = 0; look < 3; look++)
        {
            if (await store.Read<Order>(document.Partition, document.Id, cancellation) is not { } stored) return;
            if (await store.Read<Account>(document.Partition, Account.Id, cancellation) is not { Value: { MergedInto: null,
                Absorbs: null } }) return;
            var found = await Differs(stored.Value, cancellation);
            if (found is null) return;
            if ((await store.Read<Order>(document.Partition, document.Id, cancellation))?.ETag != stored.ETag) continue;
            differs($"Order {document.Id} {found}");
            return;
        }
    }

    public async Task End(Action<string> differs, CancellationToken cancellation)
    {
        foreach (var gift in _gifts)
            if (await DiffersOf(gift, cancellation) is { } found) differs(found);
    }

    private async Task<string?> Differs(Order order, CancellationToken cancellation)
    {
        if (await store.Read<Redemption>(order.MemberId, order.RedemptionId!, cancellation) is not { Value: var redemption })
            return $"has no redemption {order.RedemptionId}.";
        var goes = (order.State, redemption.State) switch
        {
            // A hold that is over may have been ended before the order was.
            (OrderState.Placed, RedemptionState.Held or RedemptionState.Lapsed) => true,
            (OrderState.Cancelled, RedemptionState.Cancelled or RedemptionState.Lapsed or RedemptionState.Refunded) => true,
            (OrderState.Confirmed or OrderState.Shipped or OrderState.Ready or OrderState.Done, RedemptionState.Confirmed) => true,
            _ => false,
        };
        if (!goes) return $"is {order.State}, and its redemption {redemption.State}.";
        foreach (var id in order.Vouchers)
            if (await store.Read<Voucher>(order.MemberId, Voucher.IdOf(id), cancellation) is not { Value: var voucher }
                || (order.IsEndedByErasure && order.State == OrderState.Done ? voucher.State == VoucherState.Good
                    : (voucher.State == VoucherState.Void) != (order.State == OrderState.Cancelled)))
                return $"is {order.State}, and its voucher {id} tells otherwise.";
        if (await store.Read<GiftStock>(Gifts.Gift.PartitionOf(order.Gift), GiftStock.Id, cancellation) is null
            || order.Kind != GiftKind.Goods) return null;
        var promised = await allotments.Promised(GiftStock.AllotmentOf(order.Gift), order.Cause, cancellation);
        return promised == (order.IsStocked ? order.Quantity : 0) || order is { State: OrderState.Cancelled, IsStocked: true } ? null
            : $"of {order.Quantity} is promised {promised} of the stock.";
    }

    /// <summary>What is on its way may be promised something, or not yet, or no longer.</summary>
    private async Task<string?> DiffersOf(string gift, CancellationToken cancellation)
    {
        for (var look = 0; look < 3; look++)
        {
            if (await store.Read<GiftStock>(Gifts.Gift.PartitionOf(gift), GiftStock.Id, cancellation)
                is not { Value: var stock } stored) return null;
            var before = await allotments.Used(GiftStock.AllotmentOf(gift), cancellation);
            var (least, most) = (stock.Removed, stock.Removed + stock.Open.Sum(one => one.Amount));
            await foreach (var document in store.FindAll(IndexQuery.Equal(Order.StockIndex, gift), cancellation))
            {
                var order = document.As<Order>();
                most += order.Quantity;
                if (order is { Kind: GiftKind.Goods, IsHidden: false } and not { State: OrderState.Cancelled }) least += order.Quantity;
            }
            if (before >= least && before <= most && before <= stock.Added) return null;
            if (await allotments.Used(GiftStock.AllotmentOf(gift), cancellation) != before) continue;
            if ((await store.Read<GiftStock>(Gifts.Gift.PartitionOf(gift), GiftStock.Id, cancellation))?.ETag != stored.ETag) continue;
            return $"Of gift {gift} {before} of {stock.Added} are promised, and what orders and withdrawals tell of is from {least} to {most}.";
        }
        return null;
    }
}
