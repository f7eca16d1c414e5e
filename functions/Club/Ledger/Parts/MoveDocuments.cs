using Club.Kernel;
using Club.Store;

namespace Club.Ledger;

/// <summary>Takes documents along when two members become one.</summary>
internal static class MoveDocuments
{
    /// <summary>Page by page they are made there, then taken out here; what a crash leaves twice, the repeat takes out. The account is
    /// sealed before, so nobody changes them meanwhile.</summary>
    /// <param name="all">Finds them in a partition; its limit is how many go at once.</param>
    public static async Task MoveAll<T>(this IClubStore store, IndexQuery all, MemberId from, MemberId to, Func<T, T> moved,
        CancellationToken cancellation) where T : class, IStored<T>
    {
        while ((await store.Find(all with { Partition = from }, cancellation)).Documents is { Count: > 0 } page)
        {
            await Make(store, to, [.. page.Select(document => moved(document.As<T>()).ToCreate())], cancellation);
            await store.Commit(from, [.. page.Select(document => new Write.Delete(document.Id, document.ETag))], cancellation);
        }
    }

    /// <summary>What is there was made by an earlier try. What is too much for one commit goes in halves.</summary>
    private static async Task Make(IClubStore store, MemberId to, Write[] writes, CancellationToken cancellation)
    {
        if (writes.Length > 1 && StoreArguments.Excess(writes) is not null)
        {
            await Make(store, to, writes[..(writes.Length / 2)], cancellation);
            await Make(store, to, writes[(writes.Length / 2)..], cancellation);
            return;
        }
        while (writes.Length > 0 && await store.Commit(to, writes, cancellation) is CommitResult.Exists exists)
            writes = [.. writes.Where(write => !exists.Ids.Contains(write.Id))];
    }
}
