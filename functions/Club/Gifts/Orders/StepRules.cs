using Club.Kernel;
using Club.Ledger;
using Club.Messaging;
using Club.Spending;
using Club.Store;

namespace Club.Gifts;

/// <summary>What is known when an order goes on.</summary>
/// <param name="Vouchers">Those of the order, when it is cancelled.</param>
/// <param name="AddressDays">How long its address is kept once it has ended.</param>
public sealed record StepFacts(Stored<Order>? Order, Stored<Redemption>? Redemption, IReadOnlyList<Stored<Voucher>> Vouchers,
    SmsRecord? Sms, int AddressDays);

/// <summary>Takes orders from step to step. Pure: points, order and vouchers change in one commit.</summary>
public static class StepRules
{
    /// <param name="step">Where to; the reason of a cancellation is in it.</param>
    /// <returns>Problems: <c>wrong-state</c>, <c>already-used</c>, <c>expired-voucher</c>, <c>being-merged</c>, and those of
    /// <see cref="RedeemRules.Confirm"/>.</returns>
    public static Outcome<Order> Go(Journal journal, StepFacts facts, OrderStep step)
    {
        var (order, etag) = (facts.Order!.Value, facts.Order.ETag);
        if (facts.Redemption is not { } redemption) return LedgerProblems.BeingMerged();
        var refused = step.State switch
        {
            OrderState.Confirmed => RedeemRules.Confirm(journal, redemption).Problem,
            OrderState.Cancelled => Cancel(journal, order, redemption, facts.Vouchers, step),
            _ => Next(order.On(journal.RecordedAt), order.Collect).Contains(step.State) ? null
                : WrongState(order, step.State, journal.RecordedAt),
        };
        return refused is not null ? refused : After(journal, order, etag, step, facts);
    }

    /// <summary>Nobody confirmed it in time.</summary>
    /// <returns>Null: it is not so far, or somebody has ended it.</returns>
    public static Order? Lapse(Journal journal, StepFacts facts)
    {
        if (facts is not { Order: { Value: var order, ETag: var etag }, Redemption: { } redemption } || order.State != OrderState.Placed
            || !(order.ExpiresAt <= journal.RecordedAt))
            return null;
        if (redemption.Value.State == RedemptionState.Held) RedeemRules.Lapse(journal, redemption);
        return After(journal, order, etag, new OrderStep(OrderState.Cancelled, journal.RecordedAt, Order.Club, "hold-lapsed"), facts);
    }

    /// <summary>Whoever ordered it is forgotten: what nobody can fetch any more is cancelled, and what was handed over, sent, used or has
    /// lapsed is done, its points spent. No voucher of it is good.</summary>
    /// <returns>Null: it had ended before her. Whoever asks again is answered the same.</returns>
    public static Order? Erase(Journal journal, StepFacts facts)
    {
        if (facts is not { Order: { Value: var order, ETag: var etag }, Redemption: { } redemption } || order.IsHidden) return null;
        var vouchers = facts.Vouchers.Where(one => one.Value.State == VoucherState.Good).ToArray();
        if (order.IsEndedByErasure) return order;
        if (order.State == OrderState.Cancelled || order.State == OrderState.Done && vouchers.Length == 0) return null;
        var step = new OrderStep(OrderState.Cancelled, journal.RecordedAt, Order.Club, Order.Erased);
        if (order.State is not (OrderState.Shipped or OrderState.Done)
            && Cancel(journal, order, redemption, facts.Vouchers, step) is null)
            return After(journal, order, etag, step, facts);
        foreach (var voucher in vouchers) journal.Attach(voucher.Value with { State = VoucherState.Void }, voucher.ETag);
        step = step with { State = OrderState.Done };
        if (order.State != OrderState.Done) return After(journal, order, etag, step, facts);
        var done = order.After(step).Until(journal.Today, facts.AddressDays);
        journal.Attach(done, etag);
        return done;
    }

    /// <summary>The last of its vouchers was used.</summary>
    public static Order Used(Journal journal, Stored<Order> order, string author, StepFacts facts) =>
        After(journal, order.Value, order.ETag, new OrderStep(OrderState.Done, journal.RecordedAt, author, "vouchers-used"), facts);

    private static Order After(Journal journal, Order order, string etag, OrderStep step, StepFacts facts)
    {
        var after = order.After(step).Until(journal.Today, facts.AddressDays);
        journal.Attach(after, etag);
        OrderRules.Tell(journal, after, facts.Sms);
        return after;
    }

    /// <summary>What may come next, besides that it is cancelled.</summary>
    public static IReadOnlyList<OrderState> Next(OrderState state, Collect collect) => (state, collect) switch
    {
        (OrderState.Placed, _) => [OrderState.Confirmed],
        (OrderState.Confirmed, Collect.Ship) => [OrderState.Shipped],
        // Who stands there is given it at once.
        (OrderState.Confirmed, Collect.Dealer) => [OrderState.Ready, OrderState.Done],
        (OrderState.Confirmed, _) or (OrderState.Shipped or OrderState.Ready, _) => [OrderState.Done],
        _ => [],
    };

    private static Problem? Cancel(Journal journal, Order order, Stored<Redemption> redemption, IReadOnlyList<Stored<Voucher>> vouchers,
        OrderStep step)
    {
        if (order.State == OrderState.Cancelled) return WrongState(order, OrderState.Cancelled, journal.RecordedAt);
        if (vouchers.FirstOrDefault(one => one.Value.State == VoucherState.Used) is { } used) return VoucherRules.AlreadyUsed(used.Value);
        // She had what she paid for, and let it lapse: the points would outlive their end by it.
        if (vouchers.FirstOrDefault(one => one.Value.On(journal.Today) == VoucherState.Lapsed) is { } lapsed)
            return VoucherRules.Lapsed(lapsed.Value);
        if (Return(journal, redemption, step) is { } refused) return refused;
        foreach (var voucher in vouchers) journal.Attach(voucher.Value with { State = VoucherState.Void }, voucher.ETag);
        return null;
    }

    /// <summary>The points are hers again: what was kept is free, what was spent is given back.</summary>
    private static Problem? Return(Journal journal, Stored<Redemption> redemption, OrderStep step)
    {
        switch (redemption.Value)
        {
            case { State: RedemptionState.Held, ExpiresAt: { } until } when until <= journal.RecordedAt:
                RedeemRules.Lapse(journal, redemption);
                return null;
            case { State: RedemptionState.Held }:
                return RedeemRules.Cancel(journal, redemption, step.Reason ?? "").Problem;
            case { State: RedemptionState.Confirmed }:
                return RefundRules.Refund(journal, redemption, null, step.Reason ?? "", step.Author).Problem;
            default:
                return null;
        }
    }

    private static Problem WrongState(Order order, OrderState to, DateTimeOffset now) => new("wrong-state",
        $"Order {order.Id} is {Word(order.On(now))}{(order.Collect switch { Collect.Ship => " and sent to the member", Collect.Dealer => " and fetched at a dealer", _ => "" })}: it cannot become {Word(to)}.")
    { Kind = ProblemKind.Conflict };

    private static string Word(OrderState state) => $"{state}".ToLowerInvariant();
}
