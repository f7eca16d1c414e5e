using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Gifts;

/// <summary>Ends what a forgotten member ordered and cannot fetch any more, and makes her vouchers void: stock that was promised to her is
/// there for others. Points that come back by it are nobody's, and lapse with the rest of her account.</summary>
internal sealed class OrderErasure(IClubStore store, MemberLedger ledger, Orders orders, OrderFacts facts, OrderSteps steps) : IErases
{
    private static readonly IndexQuery OnTheirWay = new(Order.StockIndex, "", IndexQuery.Last, Limit: 50);
    private static readonly IndexQuery Own = new(Order.MemberIndex, "", IndexQuery.Last, Limit: 50);

    public string Name => "orders";

    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var ended = 0;
        foreach (var member in person.Members)
        {
            foreach (var order in await All(OnTheirWay, member, cancellation))
                if (order.IsHidden) await orders.Fail(order, cancellation);
            foreach (var order in await All(Own, member, cancellation))
                if (await End(order, cancellation)) ended++;
        }
        return ended;
    }

    /// <returns>Whether it ended with her, now or at an earlier try.</returns>
    private async Task<bool> End(Order order, CancellationToken cancellation)
    {
        var ended = await ledger.Change(order.MemberId, (journal, token) => facts.Step(journal, order.Id, OrderState.Cancelled, token),
            StepRules.Erase, cancellation);
        if (ended is { State: OrderState.Cancelled, IsStocked: true }) await steps.GiveBack(ended, cancellation);
        return ended is not null;
    }

    /// <summary>All of them before the first is changed.</summary>
    private async Task<IReadOnlyList<Order>> All(IndexQuery query, MemberId member, CancellationToken cancellation)
    {
        var all = new List<Order>();
        await foreach (var document in store.FindAll(query with { Partition = member }, cancellation)) all.Add(document.As<Order>());
        return all;
    }
}
