using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Gifts;

/// <summary>Takes orders on to their end: confirmed, sent or made ready, handed over, cancelled.</summary>
public sealed class OrderSteps(IClubStore store, MemberLedger ledger, Membership membership, Orders orders, OrderFacts facts,
    GiftStocks stocks, ClubCalendar calendar)
{
    /// <returns>Problems: <c>not-found</c>, <c>denied</c>, <c>different-content</c>, and those of <see cref="StepRules.Go"/>.</returns>
    public async Task<Outcome<Answered<OrderView>>> Go(string id, OrderState to, StepRequest request, Command command, Caller caller,
        CancellationToken cancellation)
    {
        if (await membership.Holder(OwnedId.MemberOf(id), caller, cancellation) is not { } owner) return Unknown(id);
        Order? gone = null;
        var outcome = await ledger.Run(owner.MemberId, command, caller, (journal, token) => facts.Step(journal, id, to, token), (journal,
            known) =>
        {
            if (known.Order is null) return journal.Account.Absorbs is null ? Unknown(id) : LedgerProblems.BeingMerged();
            var order = known.Order.Value;
            if (order.IsHidden || !owner.IsShown && !IsOwn(order, caller)) return Unknown(id);
            if (to == OrderState.Cancelled && caller.Member is not null && order.State is not (OrderState.Placed or OrderState.Confirmed))
                return new Problem("denied", $"Order {id} is {order.State.ToString().ToLowerInvariant()}: its dealer or headquarters takes it back.")
                { Kind = ProblemKind.Denied };
            if ((ErasedPerson.Unfit(owner.Profile, "$.reason", request.Reason)
                ?? ErasedPerson.Unfit(owner.Profile, "$.reference", request.Reference)) is { } unfit)
                return unfit;
            var went = StepRules.Go(journal, known, new OrderStep(to, journal.RecordedAt, Orders.AuthorOf(caller), request.Reason,
                request.Reference));
            if (went.Problem is { } refused) return refused;
            gone = went.Value;
            return (Outcome<OrderView>)OrderView.Of(went.Value, journal.RecordedAt);
        }, cancellation);
        if (outcome.Problem is { } problem) return problem;
        // Whoever has gone meanwhile has still done it.
        if (gone is { State: OrderState.Cancelled }) await GiveBack(gone, CancellationToken.None);
        return outcome.Value with { Answer = owner.IsMasked ? outcome.Value.Answer : await orders.Reveal(outcome.Value.Answer,
            cancellation) };
    }

    /// <summary>Cancels an order whose points are kept no longer.</summary>
    public async Task Lapse(Order order, CancellationToken cancellation)
    {
        var lapsed = await ledger.Change(order.MemberId, (journal, token) => facts.Step(journal, order.Id, OrderState.Cancelled, token),
            StepRules.Lapse, cancellation);
        if (lapsed is not null) await GiveBack(lapsed, cancellation);
    }

    /// <summary>What was promised to a cancelled order is there for others. Its codes are not: somebody has seen them.</summary>
    public async Task GiveBack(Order order, CancellationToken cancellation)
    {
        await stocks.GiveBack(order.Gift, order.Cause, cancellation);
        await Retry.UntilDone<bool>($"An order of member {order.MemberId}", async () =>
        {
            if (await store.Read<Order>(order.MemberId, order.Id, cancellation) is not { Value: { State: OrderState.Cancelled,
                IsStocked: true } } stored)
                return true;
            return await store.Commit(order.MemberId, [(stored.Value with { IsStocked = false }).ToReplace(stored.ETag)], cancellation)
                is CommitResult.Written ? true : Retry.Again;
        }, cancellation);
    }

    /// <returns>Null when there is none, or none that is the caller's to see.</returns>
    public async Task<OrderView?> Find(string id, Caller caller, CancellationToken cancellation)
    {
        if (await membership.Holder(OwnedId.MemberOf(id), caller, cancellation) is not { } owner
            || await store.Read<Order>(owner.MemberId, id, cancellation)
            is not { Value: var order }
            || order.IsHidden || !owner.IsShown && !IsOwn(order, caller))
            return null;
        var view = OrderView.Of(order, calendar.Now);
        return owner.IsMasked ? view : await orders.Reveal(view with { ShipTo = order.ShipTo }, cancellation);
    }

    /// <summary>Orders, the latest first: those that a dealer hands out, for its staff.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public Task<(IReadOnlyList<OrderView> Items, string? Continuation)> List(OrderState? state, DealerId? dealer, Caller caller, int limit,
        string? continuation, CancellationToken cancellation)
    {
        var query = new IndexQuery(Order.ListIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation);
        if (state is { } one) query = query.And(new IndexKey(Order.StateIndex, $"{one}"));
        if (dealer is { } named) query = query.And(new IndexKey(Order.DealerIndex, named));
        // Whose orders a dealer's staff see is part of what is looked for.
        if (caller.IsScoped) query = query.And(new IndexKey(Order.DealerIndex, caller.Dealer ?? ""));
        return Page(query, cancellation);
    }

    /// <summary>One member's, the latest first; null when she is not the caller's to see.</summary>
    public async Task<(IReadOnlyList<OrderView> Items, string? Continuation)?> Of(MemberId memberId, Caller caller, int limit,
        string? continuation, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile, IsMasked: var isMasked }) return null;
        var query = new IndexQuery(Order.MemberIndex, "", IndexQuery.Last, Partition: profile.MemberId, Limit: limit, Continuation: continuation);
        // Of others a dealer's staff know what was ordered with them.
        if (isMasked && caller.IsScoped) query = query.And(new IndexKey(Order.DealerIndex, caller.Dealer ?? ""));
        return await Page(query, cancellation);
    }

    private async Task<(IReadOnlyList<OrderView> Items, string? Continuation)> Page(IndexQuery query, CancellationToken cancellation)
    {
        var page = await store.Find(query, cancellation);
        var found = page.Documents.Select(document => document.As<Order>()).OrderByDescending(order => order.At);
        return ([.. found.Select(order => OrderView.Of(order, calendar.Now))], page.Continuation);
    }

    private static bool IsOwn(Order order, Caller caller) => caller.Dealer is { } own && order.CollectAt == own;

    private static Problem Unknown(string id) => Problem.NotFound($"Order \"{id}\"");
}
