using Club.Store;

namespace Club.Transactions;

/// <summary>Tries a refused message again that may have come before what it follows up on, and lets its text lapse one day.</summary>
internal sealed class RejectionFinish(Rejections rejections, Accrue accrue) : IFinishes, IForgets
{
    public string DocumentId => "rejection";
    public string DocumentType => "rejection";

    public async Task Finish(Document half, CancellationToken cancellation)
    {
        if (await rejections.Find(half.Partition, cancellation) is { } rejection) await accrue.Replay(rejection, cancellation);
    }

    public Task Forget(Document old, CancellationToken cancellation) => rejections.Lapse(old, cancellation);
}
