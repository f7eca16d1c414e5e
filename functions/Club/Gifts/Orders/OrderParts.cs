using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Gifts;

/// <summary>What other features ask of orders and vouchers: to move along, to be told, to forget the person.</summary>
internal sealed class OrderParts(IClubStore store, Orders orders, ClubCalendar calendar) : IMovesOnMerge, IExports, IErases, IForgets
{
    private static readonly IndexQuery Own = new(Order.MemberIndex, "", IndexQuery.Last, Limit: 50);
    private static readonly IndexQuery OwnVouchers = new(Voucher.MemberIndex, "", IndexQuery.Last, Limit: 50);

    string IExports.Name => "orders";
    string IErases.Name => "addresses";
    string IForgets.DocumentType => "order";

    /// <summary>The account is sealed before, so nobody changes them meanwhile.</summary>
    public async Task AfterEntries(Account from, MemberId to, CancellationToken cancellation)
    {
        await store.MoveAll<Voucher>(OwnVouchers, from.MemberId, to, one => one with { MemberId = to }, cancellation);
        await store.MoveAll<Order>(Own, from.MemberId, to, one => one with { MemberId = to }, cancellation);
    }

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var document in store.FindAll(Own with { Partition = profile.MemberId }, cancellation))
        {
            var order = document.As<Order>();
            var view = await orders.Reveal(OrderView.Of(order, calendar.Now) with { ShipTo = order.ShipTo }, cancellation);
            yield return JsonSerializer.SerializeToNode(view, ClubJson.Answers)!;
        }
    }

    /// <summary>It has ended long ago: nobody needs to know any more where it was sent.</summary>
    public async Task Forget(Document old, CancellationToken cancellation)
    {
        var order = old.As<Order>();
        if (order.ForgetOn <= calendar.Today)
            await store.Commit(old.Partition, [order.Forgotten().ToReplace(old.ETag)], cancellation);
    }

    /// <summary>The orders stay, as the ledger does: without address, and without texts that name her.</summary>
    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var erased = 0;
        foreach (var member in person.Members)
            await foreach (var document in store.FindAll(Own with { Partition = member }, cancellation))
                if (await Erase(document, person, cancellation)) erased++;
        return erased;
    }

    private Task<bool> Erase(Document document, ErasedPerson person, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"An order of member {document.Partition}", async () =>
        {
            if (await store.Read<Order>(document.Partition, document.Id, cancellation) is not { } stored) return false;
            var after = stored.Value.Forgotten() with { Steps = [.. stored.Value.Steps.Select(step => Without(step, person))] };
            if (stored.Value.ShipTo is null && after.Steps.SequenceEqual(stored.Value.Steps)) return false;
            return await store.Commit(document.Partition, [after.ToReplace(stored.ETag)], cancellation) is CommitResult.Written ? true
                : Retry.Again;
        }, cancellation);

    private static OrderStep Without(OrderStep step, ErasedPerson person) => step with
    {
        Reason = step.Reason is { } reason && person.IsIn(reason) ? null : step.Reason,
        Reference = step.Reference is { } reference && person.IsIn(reference) ? null : step.Reference,
    };
}
