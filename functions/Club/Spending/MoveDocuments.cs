using Club.Kernel;
using Club.Store;

namespace Club.Spending;

/// <summary>Takes documents along when two members become one.</summary>
internal static class MoveDocuments
{
    /// <summary>Each is made there, then taken out here; what a crash leaves twice, the repeat takes out.</summary>
    public static async Task MoveAll<T>(this IClubStore store, IndexQuery all, MemberId from, MemberId to, Func<T, T> moved,
        CancellationToken cancellation) where T : class, IStored<T>
    {
        while ((await store.Find(all with { Partition = from }, cancellation)).Documents is { Count: > 0 } page)
            foreach (var document in page)
            {
                await store.Commit(to, [moved(document.As<T>()).ToCreate()], cancellation);
                await store.Commit(from, [new Write.Delete(document.Id, document.ETag)], cancellation);
            }
    }
}
