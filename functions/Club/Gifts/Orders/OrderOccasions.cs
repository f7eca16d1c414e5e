using Club.Care;
using Club.Kernel;
using Club.Store;

namespace Club.Gifts;

/// <summary>Of an order that was cancelled meanwhile nobody is told that it is on its way.</summary>
internal sealed class OrderOccasions(IClubStore store) : IOccasions
{
    private static readonly IndexQuery Own = new(Order.MemberIndex, "", IndexQuery.Last, Limit: 50);

    public string Kind => OccasionKeys.Order;

    public async ValueTask<bool> Holds(MemberId memberId, string occasion, CancellationToken cancellation)
    {
        if (occasion.Split(':') is not [_, var id, var step]) return true;
        // Keys are in small letters, ids are not.
        await foreach (var document in store.FindAll(Own with { Partition = memberId }, cancellation))
            if (string.Equals(document.Id, id, StringComparison.OrdinalIgnoreCase))
                return document.As<Order>().State != OrderState.Cancelled
                    || string.Equals(step, nameof(OrderState.Cancelled), StringComparison.OrdinalIgnoreCase);
        return true;
    }
}
