using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Transactions;

/// <summary>Takes out refused messages that name an erased person. All of them are looked through: a text may name somebody anywhere, and
/// nobody is erased often.</summary>
internal sealed class RejectionErasure(IClubStore store, PersonKeys keys) : IErases
{
    private static readonly IndexQuery All = new(Rejection.EveryIndex, "", IndexQuery.Last, Limit: 500);

    public string Name => "rejections";

    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var meant = new List<string>();
        await foreach (var document in store.FindAll(All, cancellation))
            if (document.As<Rejection>() is var rejection
                && (rejection.KeyIsDue is true || person.IsIn($"{rejection.Raw}\n{rejection.Message}")))
                meant.Add(rejection.Id);
        foreach (var id in meant) await Erase(id, cancellation);
        return meant.Count;
    }

    /// <summary>The text goes, then its key; a crash in between leaves the mark, and the next try ends it.</summary>
    private async Task Erase(string id, CancellationToken cancellation)
    {
        await Change(id, rejection => rejection.Erased(), cancellation);
        await keys.Drop(id, cancellation);
        await Change(id, rejection => rejection with { KeyIsDue = null }, cancellation);
    }

    private Task<bool> Change(string id, Func<Rejection, Rejection> change, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"Rejection {id}", async () =>
    {
        if (await store.Read<Rejection>(id, "rejection", cancellation) is not { } stored) return false;
        return await store.Commit(id, [change(stored.Value).ToReplace(stored.ETag)], cancellation) is CommitResult.Written ? true
            : Retry.Again;
    }, cancellation);
}

/// <summary>Messages that came before she registered are hers by her claim, which goes: from now on they are hers by her id.</summary>
internal sealed class KeyErasure(IClubStore store, MessageKeys keys) : IErases
{
    private const int AtOnce = 32;

    public string Name => "keys";

    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var (memberId, moved) = (person.Members[0], 0);
        var all = new IndexQuery(Entry.SequenceIndex, "", IndexQuery.Last, Partition: memberId, Limit: 500);
        // A customer of ten years has a hundred thousand: they are looked at side by side.
        await Parallel.ForEachAsync(store.FindAll(all, cancellation),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (document, token) =>
            {
                if (await Move(document.Id, memberId, token)) Interlocked.Increment(ref moved);
            });
        return moved;
    }

    private Task<bool> Move(string entryId, MemberId memberId, CancellationToken cancellation) =>
        Retry.UntilDone<bool>("The key of a message", async () =>
    {
        if (await keys.Find(entryId, cancellation) is not { Value: { Claim: not null, MemberId: null } key, ETag: var etag }) return false;
        var hers = key with { MemberId = memberId, Claim = null };
        return await store.Commit(entryId, [hers.ToReplace(etag)], cancellation) is CommitResult.Written ? true : Retry.Again;
    }, cancellation);
}

/// <summary>Takes out parked transactions that name an erased person, and the keys of what was parked for her. What waits for a vehicle
/// or number that others named too stays for them, unless it names her besides. After her claims have gone.</summary>
internal sealed class ParkedErasure(IClubStore store, Claims claims, ParkedKeys keys) : IErases
{
    private static readonly IndexQuery All = new(Parked.ParkedIndex, "", IndexQuery.Last, Limit: 500);

    public string Name => "parked";

    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var meant = new List<(string Partition, string Id)>();
        var passed = new Dictionary<string, ErasedPerson>(StringComparer.Ordinal);
        foreach (var identity in person.Known())
            if (await claims.Find(identity, cancellation) is { MemberId: not null } claim)
                passed[claim.Partition] = person.Without(identity);
        await foreach (var document in store.FindAll(All, cancellation))
            if (passed.GetValueOrDefault(document.Partition, person).IsIn(document.As<Parked>().Message)) meant.Add((document.Partition,
                document.Id));
        foreach (var (partition, id) in meant) await store.Unpark(partition, id, cancellation);
        foreach (var partition in meant.Select(one => one.Partition).Concat(person.Known().Select(claims.PartitionOf)).Distinct())
            await keys.Drop(partition, cancellation);
        return meant.Count;
    }
}
