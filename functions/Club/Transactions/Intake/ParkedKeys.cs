using Club.Identity;
using Club.Members;
using Club.Store;

namespace Club.Transactions;

/// <summary>
/// Lets go of the key under which transactions were parked at a claim, where none is any more. Whoever parks commits under the claim's
/// ETag, with a key that he has looked up before: so the claim is marked first, and then the key goes that was there before the mark.
/// Nothing can lie under it. While the mark is there, nobody parks; whoever wants to ends what it stands for.
/// </summary>
public sealed class ParkedKeys(IClubStore store, PersonKeys keys)
{
    /// <summary>Safe to repeat, and by any number at once.</summary>
    public Task Drop(string partition, CancellationToken cancellation) => Retry.UntilDone<bool>("A claim", async () =>
    {
        var claim = await store.Read<Claim>(partition, Claim.Id, cancellation);
        if (claim is { Value.Parked: > 0 } || await store.HasParked(partition, cancellation)) return true;
        if (await keys.TagOf(partition, cancellation) is { } tag)
        {
            var marked = (claim?.Value ?? new Claim { Partition = partition }) with { KeyIsDue = true };
            if (await store.Commit(partition, [marked.ToWrite(claim?.ETag)], cancellation) is not CommitResult.Written) return Retry.Again;
            await keys.Drop(partition, tag, cancellation);
        }
        return await Unmark(partition, cancellation) ? true : Retry.Again;
    }, cancellation);

    private async Task<bool> Unmark(string partition, CancellationToken cancellation)
    {
        if (await store.Read<Claim>(partition, Claim.Id, cancellation) is not { Value.KeyIsDue: true } marked) return true;
        var claim = marked.Value with { KeyIsDue = null };
        Write write = claim.IsBlank ? new Write.Delete(Claim.Id, marked.ETag) : claim.ToReplace(marked.ETag);
        return await store.Commit(partition, [write], cancellation) is CommitResult.Written;
    }
}
