using Club.Store;

namespace Club.Outgoing;

/// <summary>Lets go of events that were given up and that nobody wanted to send again.</summary>
internal sealed class DeadEventForgetting(IClubStore store) : IForgets
{
    public string DocumentType => "deadEvent";

    public async Task Forget(Document old, CancellationToken cancellation) =>
        await store.Commit(old.Partition, [new Write.Delete(old.Id, old.ETag)], cancellation);
}
