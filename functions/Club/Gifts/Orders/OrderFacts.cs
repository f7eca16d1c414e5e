using Club.Care;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Spending;
using Club.Store;
using Microsoft.Extensions.Options;

namespace Club.Gifts;

/// <summary>Reads what decisions about orders need.</summary>
public sealed class OrderFacts(IClubStore store, MemberLedger ledger, Membership membership, ProgrammeLibrary library,
    MovesLedger moves, CareMessages care, ClubCalendar calendar, IOptions<RetentionOptions> retention)
{
    public async ValueTask<PlaceFacts> Place(Journal journal, Profile profile, Gift gift, Order order, IReadOnlyList<VoucherId> vouchers,
        CancellationToken cancellation)
    {
        var (member, rules) = (journal.Account.MemberId, await library.Now(cancellation));
        var state = gift.Kind == GiftKind.Voucher ? OrderState.Confirmed : OrderState.Placed;
        return new PlaceFacts(await store.Read<Order>(member, order.Id, cancellation), await moves.Over(journal, cancellation), gift,
            await Had(member, gift, cancellation), ledger.Now(journal.Account, rules), profile, calendar.DateOf(profile.JoinedAt), vouchers,
            await Sms(rules, profile, journal.Account, order, state, cancellation));
    }

    public async ValueTask<StepFacts> Step(Journal journal, string orderId, OrderState to, CancellationToken cancellation)
    {
        var member = journal.Account.MemberId;
        if (await store.Read<Order>(member, orderId, cancellation) is not { Value: { RedemptionId: { } redemption } order } stored)
            return new StepFacts(null, null, [], null, 0);
        var vouchers = new List<Stored<Voucher>>();
        foreach (var id in to == OrderState.Cancelled ? order.Vouchers : [])
            if (await store.Read<Voucher>(member, Voucher.IdOf(id), cancellation) is { } voucher) vouchers.Add(voucher);
        var profile = await membership.Find(member, cancellation);
        return new StepFacts(stored, await store.Read<Redemption>(member, redemption, cancellation), vouchers, profile is null ? null
            : await Sms(await library.Now(cancellation), profile, journal.Account, order, to, cancellation), retention.Value.AddressDays);
    }

    /// <summary>A voucher that is to be used; with what its order needs to be done, where it is the last one.</summary>
    public async ValueTask<(Stored<Voucher>? Voucher, StepFacts? Ends)> Use(Journal journal, VoucherId id, CancellationToken cancellation)
    {
        var member = journal.Account.MemberId;
        var voucher = await store.Read<Voucher>(member, Voucher.IdOf(id), cancellation);
        return voucher is { Value: { State: VoucherState.Good, OrderId: var orderId } }
            && await store.Read<Order>(member, orderId, cancellation) is { Value: { State: OrderState.Confirmed } order }
            && await IsLast(order, id, cancellation) ? (voucher, await Step(journal, orderId, OrderState.Done, cancellation))
            : (voucher, null);
    }

    /// <summary>Whether all others were used: most often they are used in their order.</summary>
    private async ValueTask<bool> IsLast(Order order, VoucherId id, CancellationToken cancellation)
    {
        foreach (var other in order.Vouchers.Where(other => other != id).Reverse())
            if (await store.Read<Voucher>(order.MemberId, Voucher.IdOf(other), cancellation) is not { Value.State: VoucherState.Used })
                return false;
        return true;
    }

    /// <summary>How many pieces of a gift a member had in the period of its limit, without what was cancelled.</summary>
    public async ValueTask<int> Had(MemberId member, Gift gift, CancellationToken cancellation)
    {
        if (gift.PerMember is not { } limit) return 0;
        var (since, had) = (Counter.PeriodOf(limit.Per, calendar.Today), 0);
        await foreach (var document in store.FindAll(IndexQuery.Prefix(Order.GiftIndex, $"{gift.Code}\n") with { Partition = member }, cancellation))
            if (document.As<Order>() is var order && order.On(calendar.Now) != OrderState.Cancelled && calendar.DateOf(order.At) >= since)
                had += order.Quantity;
        return had;
    }

    /// <summary>What the care plan says at a step; null: nothing.</summary>
    private async ValueTask<SmsRecord?> Sms(ProgrammeVersions rules, Profile profile, Account account, Order order, OrderState state,
        CancellationToken cancellation)
    {
        if (rules.Current.Care.FirstOrDefault(one => one.Occasion == OccasionOf(state)) is not { } message) return null;
        var occasion = new Occasion(message, $"order:{order.Id}:{state}".ToLowerInvariant(), rules.Today.AddDays(Occasion.LateDays),
            new Dictionary<string, object?> { ["gift"] = order.Name, ["quantity"] = order.Quantity, ["collectAt"] = order.CollectAt });
        var sms = (await care.Compose(rules, profile, account, [occasion], cancellation))[0];
        return await store.Read<SmsRecord>(account.MemberId, sms.DocumentId, cancellation) is null ? sms : null;
    }

    private static CareOccasion OccasionOf(OrderState state) => state switch
    {
        OrderState.Placed => CareOccasion.OrderPlaced,
        OrderState.Confirmed => CareOccasion.OrderConfirmed,
        OrderState.Shipped => CareOccasion.OrderShipped,
        OrderState.Ready => CareOccasion.OrderReady,
        OrderState.Done => CareOccasion.OrderDone,
        _ => CareOccasion.OrderCancelled,
    };
}
