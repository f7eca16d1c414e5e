using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;

namespace Club.Gifts;

/// <summary>
/// Members order gifts. An order is written down on its way, then it is promised stock and codes, then it is placed in the commit that
/// keeps
/// her points: whatever a crash leaves in between is found by the repeat, or given back by the sweep.
/// </summary>
public sealed class Orders(IClubStore store, MemberLedger ledger, Membership membership, GiftCatalogue catalogue, GiftStocks stocks,
    VoucherPools pools, VoucherCodes codes, OrderFacts facts, ProgrammeLibrary library, ClubCalendar calendar)
{
    private const int Rounds = 20;

    /// <summary>Somebody else has ended what was on its way; it begins anew.</summary>
    private static readonly Problem Anew = LedgerProblems.BeingMerged();

    /// <returns>Problems: <c>not-found</c>, <c>denied</c>, <c>out-of-stock</c>, <c>different-content</c>, and those of
    /// <see cref="OrderRules"/>.</returns>
    public async Task<Outcome<Answered<OrderView>>> Place(MemberId memberId, OrderRequest request, Command command, Caller caller,
        CancellationToken cancellation)
    {
        for (var round = 0; round < Rounds; round++)
        {
            if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Problem.NotFound($"Member \"{memberId}\"");
            if (await ledger.Told(memberId, command, cancellation) is { } told) return await Revealed(told.Again<OrderView>(command),
                cancellation);
            if (await catalogue.Read(request.Gift, cancellation) is not { Value: var gift })
                return await store.Unknown(request.Gift, "$.gift", cancellation);
            var own = AtOwn(request, gift, caller);
            if (own.Problem is { } denied) return denied;
            var opening = Opening(profile, own.Value, gift, command, caller);
            if (await Refusal(profile, own.Value, gift, opening, cancellation) is { } refused) return refused;
            if (await Open(opening, cancellation) is not { } order) continue;
            var placed = await Fill(memberId, profile, own.Value, gift, order, command, caller, cancellation);
            if (placed.Problem is not null || placed.Value.IsRepeat) await Fail(order, cancellation);
            if (!ReferenceEquals(placed.Problem, Anew)) return await Revealed(placed, cancellation);
        }
        throw new StoreException($"An order of member {memberId} began anew {Rounds} times.");
    }

    /// <summary>Ends an order that was not placed: nobody goes on with it, what it was promised is given back, and it is gone.</summary>
    public async Task Fail(Order order, CancellationToken cancellation)
    {
        var isOurs = await Retry.UntilDone<bool>($"An order of member {order.MemberId}", async () =>
        {
            if (await store.Read<Order>(order.MemberId, order.Id, cancellation) is not { } stored) return !await WentAlong(order,
                cancellation);
            if (stored.Value.Cause != order.Cause) return true;
            if (stored.Value.State == OrderState.Failed) return true;
            if (stored.Value.State != OrderState.Opening) return false;
            return await store.Commit(order.MemberId, [(stored.Value with { State = OrderState.Failed }).ToReplace(stored.ETag)],
                cancellation)
                is CommitResult.Written ? true : Retry.Again;
        }, cancellation);
        if (!isOurs) return;
        await stocks.GiveBack(order.Gift, order.Cause, cancellation);
        await pools.GiveBack(order.Gift, order.Cause, cancellation);
        if (await store.Read<Order>(order.MemberId, order.Id, cancellation) is { Value: { State: OrderState.Failed } failed,
            ETag: var etag }
            && failed.Cause == order.Cause)
            await store.Commit(order.MemberId, [new Write.Delete(order.Id, etag)], cancellation);
    }

    /// <summary>Whether it was placed, and stands with another member since two became one.</summary>
    private async Task<bool> WentAlong(Order order, CancellationToken cancellation) =>
        (await ledger.Load(order.MemberId, cancellation)).MemberId is var now && now != order.MemberId
        && await store.Read<Order>(now, order.Id, cancellation) is { Value.Cause: var cause } && cause == order.Cause;

    /// <summary>The answer with the codes in it, as whoever ordered is shown it.</summary>
    public async Task<OrderView> Reveal(OrderView order, CancellationToken cancellation)
    {
        if (order.Vouchers.Count == 0) return order;
        var shares = new List<VoucherShare>(order.Vouchers.Count);
        foreach (var share in order.Vouchers) shares.Add(share with { Code = await codes.Reveal(share.VoucherId, cancellation) });
        return order with { Vouchers = shares };
    }

    private async Task<Outcome<Answered<OrderView>>> Revealed(Outcome<Answered<OrderView>> outcome, CancellationToken cancellation) =>
        outcome.Problem is not null ? outcome : outcome.Value with { Answer = await Reveal(outcome.Value.Answer, cancellation) };

    private Order Opening(Profile profile, OrderRequest request, Gift gift, Command command, Caller caller) => new()
    {
        Id = Order.IdOf(profile.MemberId, command), MemberId = profile.MemberId, State = OrderState.Opening, Gift = gift.Code, Name =
            gift.Name,
        Kind = gift.Kind, Collect = gift.Collect, Quantity = request.Quantity, CollectAt = request.CollectAt, ShipTo = request.ShipTo,
        At = calendar.Now, Author = AuthorOf(caller), Cause = Ids.Random("order:"), IsStocked = true, Content = command.Content,
    };

    /// <summary>Why it would be refused: nothing is promised to who cannot have it.</summary>
    private async Task<Problem?> Refusal(Profile profile, OrderRequest request, Gift gift, Order opening, CancellationToken cancellation)
    {
        var rules = await library.Now(cancellation);
        if (OrderRules.Unfit(gift, request, rules.Current) is { } unfit) return unfit;
        var journal = Journal.Unsealed(rules, await ledger.Load(profile.MemberId, rules, cancellation), calendar.Now, rules.Today);
        var known = await facts.Place(journal, profile, gift, opening, [], cancellation);
        if (OrderRules.Place(journal, known, opening, request, opening.Author).Problem is { } refused) return refused;
        return await stocks.Of(gift, cancellation) is { Left: var left } && left < request.Quantity && known.Opening is null
            ? GiftRules.OutOfStock(gift, request.Quantity, left) : null;
    }

    /// <summary>Writes it down on its way, or finds it there.</summary>
    /// <returns>Null: it was placed meanwhile, or has ended; everything is looked at again.</returns>
    private async Task<Order?> Open(Order opening, CancellationToken cancellation)
    {
        if (await store.Read<Order>(opening.MemberId, opening.Id, cancellation) is not { Value: var there })
            return await store.Commit(opening.MemberId, [opening.ToCreate()], cancellation) is CommitResult.Written ? opening : null;
        if (there.State == OrderState.Opening && there.Content == opening.Content && there.Due > calendar.Now) return there;
        if (there.IsHidden) await Fail(there, cancellation);
        return null;
    }

    private async Task<Outcome<Answered<OrderView>>> Fill(MemberId asked, Profile profile, OrderRequest request, Gift gift, Order order,
        Command command, Caller caller, CancellationToken cancellation)
    {
        if (await stocks.Promise(gift, order.Cause, order.Quantity, cancellation) is { } left)
            return GiftRules.OutOfStock(gift, order.Quantity, left);
        IReadOnlyList<VoucherId> vouchers = [];
        if (gift.Kind == GiftKind.Voucher)
        {
            if (await pools.Take(gift.Code, order.Cause, order.Quantity, cancellation) is not { } taken)
                return GiftRules.OutOfStock(gift, order.Quantity, (await pools.Count(gift.Code, cancellation)).Left);
            vouchers = taken;
        }
        return await ledger.Run(asked, command, caller, async (journal, token) =>
            // She may have been forgotten since.
            await membership.Find(profile.MemberId, token) is { } now
                ? await facts.Place(journal, now, gift, order, vouchers, token) : null,
            (journal, known) =>
            {
                if (known is null) return Problem.NotFound($"Member \"{asked}\"");
                if (known.Opening is not { Value: { State: OrderState.Opening } opening } || opening.Cause != order.Cause) return Anew;
                var placed = OrderRules.Place(journal, known, opening, request, order.Author);
                return placed.Problem is { } problem ? problem : (Outcome<OrderView>)OrderView.Of(placed.Value, journal.RecordedAt);
            }, cancellation);
    }

    internal static string AuthorOf(Caller caller) => caller.Member?.Value ?? caller.Name ?? AuditTrail.Unnamed;

    /// <summary>A dealer's staff hand out at their own desk.</summary>
    private static Outcome<OrderRequest> AtOwn(OrderRequest request, Gift gift, Caller caller)
    {
        if (!caller.IsScoped || caller.Dealer is not { } own || gift.Collect != Collect.Dealer) return request;
        return request.CollectAt is { } named && named != own
            ? new Problem("denied", $"$.collectAt: \"{named}\" is not your dealer.", "$.collectAt") { Kind = ProblemKind.Denied }
            : request with { CollectAt = own };
    }
}
