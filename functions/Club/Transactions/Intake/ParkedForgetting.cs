using Club.Kernel;
using Club.Members;
using Club.Store;

namespace Club.Transactions;

/// <summary>A transaction that waited long enough for its customer waits no longer.</summary>
internal sealed class ParkedForgetting(IClubStore store, ClubCalendar calendar) : IForgets
{
    public string DocumentType => "parked";

    /// <summary>What another writer changes meanwhile comes again with the next sweep.</summary>
    public async Task Forget(Document old, CancellationToken cancellation)
    {
        if (!(old.As<Parked>().ForgetOn <= calendar.Today)) return;
        await store.Unpark(old.Partition, old.Id, cancellation);
    }
}

internal static class ParkedRemoval
{
    /// <summary>Whether anything that can be read is parked at a claim.</summary>
    public static async ValueTask<bool> HasParked(this IClubStore store, string partition, CancellationToken cancellation) =>
        (await store.Find(new IndexQuery(Parked.ParkedIndex, "", IndexQuery.Last, Partition: partition, Limit: 1), cancellation))
            .Documents.Count > 0;

    /// <summary>Takes out what is parked, and off what its claim counts.</summary>
    public static Task<bool> Unpark(this IClubStore store, string partition, string id, CancellationToken cancellation) =>
        Retry.UntilDone<bool>("A claim", async () =>
    {
        if (await store.Read<Parked>(partition, id, cancellation) is not { } parked) return false;
        var writes = new List<Write> { new Write.Delete(id, parked.ETag) };
        if (await store.Read<Claim>(partition, Claim.Id, cancellation) is { Value.Parked: > 0 } claim)
            writes.Add((claim.Value with { Parked = claim.Value.Parked - 1 }).ToReplace(claim.ETag));
        return await store.Commit(partition, writes, cancellation) is CommitResult.Written ? true : Retry.Again;
    }, cancellation);
}
