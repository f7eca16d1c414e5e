using Club.Desk.Frame;
using Club.Joining;
using Club.Store;
using Club.Transactions;

namespace Club.Desk.Rooms.Work;

/// <param name="Dispute">On which it waits; null: on a registration.</param>
public sealed record ParkedBill(Parked Bill, string? Dispute);

/// <summary>Bills that wait for their customer.</summary>
public sealed class ParkedPage(IClubStore store, Disputes disputes) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation) =>
        Reply.Of<ParkedList>(await Paging.Find<ParkedBill>(visit, async (limit, continuation) =>
        {
            var found = await store.Find(new IndexQuery(Parked.ParkedIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation),
                cancellation);
            var bills = new List<ParkedBill>();
            foreach (var document in found.Documents)
                bills.Add(new ParkedBill(document.As<Parked>(), await disputes.IdOf(document.Partition, cancellation)));
            return (bills, found.Continuation);
        }), WorkWords.Parked);
}
