using Club.Kernel;
using Club.Members;
using Club.Store;
using Club.Transactions;

namespace Club.Joining;

/// <summary>Hands over what was parked under a claim that is taken by now.</summary>
internal sealed class HandOverFinish(Disputes disputes, IWorkQueue queue) : IFinishes
{
    public string DocumentId => Claim.Id;

    /// <summary>One message books so many; a further one goes on, so that none outlasts the queue's patience.</summary>
    public async Task Finish(Document half, CancellationToken cancellation)
    {
        if (!await disputes.Finish(half.Partition, Parking.MostAtOnce, cancellation))
            await queue.Send([WorkMessage.ToFinish(half.Partition)], cancellation);
    }
}
