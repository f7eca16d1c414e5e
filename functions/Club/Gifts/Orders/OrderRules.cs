using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Spending;
using Club.Store;

namespace Club.Gifts;

/// <summary>What is known when an order is placed.</summary>
/// <param name="Opening">The order on its way; null: it is no longer.</param>
/// <param name="Over">Redemptions whose time is over: their points are free again first.</param>
/// <param name="Had">How many pieces she had in the period that the gift's limit knows.</param>
/// <param name="Now">Her account as it is today.</param>
/// <param name="Sms">What she is told; null: nothing.</param>
public sealed record PlaceFacts(Stored<Order>? Opening, IReadOnlyList<Stored<Redemption>> Over, Gift Gift, int Had, Account Now,
    Profile Profile, DateOnly JoinedOn, IReadOnlyList<VoucherId> Vouchers, SmsRecord? Sms);

/// <summary>Places orders. Pure: what is decided is posted to the journal.</summary>
public static class OrderRules
{
    /// <summary>What of the wish does not go with the gift, whoever has it.</summary>
    /// <returns>Problems: <c>missing-data</c>, <c>invalid-data</c>, <c>unknown-dealer</c>, <c>wrong-dealer</c>; null: it does.</returns>
    public static Problem? Unfit(Gift gift, OrderRequest request, Programme programme)
    {
        if (request.CollectAt is { } dealer && programme.Unknown(dealer, "$.collectAt") is { } unknown) return unknown;
        return gift.Collect switch
        {
            Collect.Dealer when request.CollectAt is null => Missing("$.collectAt", $"{gift.Name} is fetched at a dealer"),
            Collect.Dealer when gift.At.Count > 0 && !gift.At.Contains(request.CollectAt!.Value) =>
                SpendingTerms.WrongDealer($"$.collectAt: {gift.Name} is handed out at {string.Join(", ", gift.At)}.") with { Path = "$.collectAt" },
            Collect.Ship when request.ShipTo is null => Missing("$.shipTo", $"{gift.Name} is sent"),
            not Collect.Ship when request.ShipTo is not null => new Problem("invalid-data", $"$.shipTo: {gift.Name} is not sent.", "$.shipTo"),
            _ => null,
        };
    }

    /// <returns>Problems: <c>not-offered</c>, <c>over-limit</c>, <c>missing-data</c>, and those of <see cref="SpendingTerms.Of"/> and
    /// <see cref="RedeemRules.Take"/>.</returns>
    public static Outcome<Order> Place(Journal journal, PlaceFacts facts, Order opening, OrderRequest request, string author)
    {
        RedeemRules.Lapse(journal, facts.Over);
        var (gift, tier) = (facts.Gift, facts.Now.Tier.Code);
        if (GiftRules.Reasons(gift, request.Quantity, facts.Profile, tier, journal.Programme, facts.JoinedOn, facts.Had, null,
            journal.Today)
            is [var reason, ..])
            return new Problem(reason.Code, reason.Message) { Kind = ProblemKind.Conflict };
        var priced = GiftRules.Price(gift, request.Quantity, tier, journal.Programme, []);
        if (priced.Problem is { } unpriced) return unpriced;
        var chosen = GiftRules.Chosen(priced.Value, request.Points);
        if (chosen.Problem is { } unfit) return unfit;
        var taken = Take(journal, gift, priced.Value, chosen.Value, request, opening.Id, author);
        if (taken.Problem is { } refused) return refused;
        var state = gift.Kind == GiftKind.Voucher ? OrderState.Confirmed : OrderState.Placed;
        var placed = opening with
        {
            MemberId = journal.Account.MemberId, Points = chosen.Value, Cash = taken.Value.Cash, Wallet = taken.Value.Wallet,
            RedemptionId = taken.Value.Id, Vouchers = facts.Vouchers,
            ValidUntil = gift.ValidMonths is { } months && gift.Kind == GiftKind.Voucher ? Months.After(journal.Today,
                months).AddDays(-1) : null,
            At = journal.RecordedAt,
        };
        placed = placed.After(new OrderStep(state, journal.RecordedAt, author)) with { ExpiresAt = taken.Value.ExpiresAt };
        journal.Attach(placed, facts.Opening?.ETag);
        foreach (var id in placed.Vouchers) journal.Attach(VoucherOf(placed, id, gift, journal.RecordedAt));
        Tell(journal, placed, facts.Sms);
        return placed;
    }

    /// <summary>That it came to a step: kept for whoever follows the club's events, and told to the member.</summary>
    public static void Tell(Journal journal, Order order, SmsRecord? sms)
    {
        var step = order.Steps[^1];
        journal.Record(new MemberEvent
        {
            Id = Ids.Derived("v", "order", order.Id, $"{step.State}"), MemberId = journal.Account.MemberId, Kind = EventOf(step.State),
            At = journal.RecordedAt, Subject = order.Gift, To = order.Id, Author = step.Author, DealerId = order.CollectAt,
        });
        if (sms is null || journal.Met(sms.DocumentId)) return;
        journal.Attach(sms);
        journal.Record(sms.Happened(journal.RecordedAt));
    }

    private static Outcome<Redemption> Take(Journal journal, Gift gift, GiftPrice price, Points points, OrderRequest request,
        string orderId, string author)
    {
        var purpose = new SpentFor(SpentKind.Gift, price.Worth, request.CollectAt, gift.Partner, orderId, gift.Code, request.Quantity,
            gift.Party == Gift.OfDealer ? true : null);
        var read = SpendingTerms.Of(journal.Programme, price.Wallet, purpose);
        if (read.Problem is { } wrong) return wrong;
        var terms = gift.HoldMinutes is { } minutes ? read.Value with { Rules = read.Value.Rules with { HoldMinutes = minutes } }
            : read.Value;
        return RedeemRules.Take(journal, Order.RedemptionOf(orderId), terms, points, price.Cash(points), purpose,
            hold: gift.Kind != GiftKind.Voucher, author);
    }

    private static Voucher VoucherOf(Order order, VoucherId id, Gift gift, DateTimeOffset now) => new()
    {
        Id = id, MemberId = order.MemberId, OrderId = order.Id, Gift = gift.Code, Name = gift.Name, At = gift.At, State = VoucherState.Good,
        GivenAt = now, ValidUntil = order.ValidUntil,
    };

    private static MemberEventKind EventOf(OrderState state) => state switch
    {
        OrderState.Placed => MemberEventKind.OrderPlaced,
        OrderState.Confirmed => MemberEventKind.OrderConfirmed,
        OrderState.Shipped => MemberEventKind.OrderShipped,
        OrderState.Ready => MemberEventKind.OrderReady,
        OrderState.Done => MemberEventKind.OrderDone,
        OrderState.Cancelled => MemberEventKind.OrderCancelled,
        _ => throw new InvalidOperationException($"Nobody is told of an order that is {state}."),
    };

    private static Problem Missing(string path, string why) => new("missing-data", $"{path}: is missing; {why}.", path);
}
