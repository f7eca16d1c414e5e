using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Spending;

/// <summary>What other features ask of transfers: to be told, to forget why, to move along.</summary>
internal sealed class TransferParts(IClubStore store) : IErases, IExports, IMovesOnMerge
{
    private static readonly IndexQuery All = new(Transfer.MemberIndex, "", IndexQuery.Last, Limit: 50);

    string IErases.Name => "transfers";
    string IExports.Name => "transfers";

    /// <summary>That there was one stays, with the entries that name it; what she wrote goes, and what others wrote to her.</summary>
    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var meant = new List<(MemberId Giver, string Id)>();
        foreach (var member in person.Members)
        {
            await foreach (var document in store.FindAll(All with { Partition = member }, cancellation)) Note(document);
            await foreach (var document in store.FindAll(IndexQuery.Equal(Transfer.ToIndex, member), cancellation)) Note(document);
        }
        var erased = 0;
        foreach (var (giver, id) in meant)
            if (await Forget(giver, id, cancellation)) erased++;
        return erased;

        void Note(Document document) => meant.Add((new MemberId(document.Partition), document.Id));
    }

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var document in store.FindAll(All with { Partition = profile.MemberId }, cancellation))
            yield return JsonSerializer.SerializeToNode(GivenView.Of(document.As<Transfer>()), ClubJson.Answers)!;
    }

    public Task AfterEntries(Account from, MemberId to, CancellationToken cancellation) =>
        store.MoveAll<Transfer>(All, from.MemberId, to, one => one with { MemberId = to }, cancellation);

    private Task<bool> Forget(MemberId giver, string id, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"Transfer {id}", async () =>
    {
        if (await store.Read<Transfer>(giver, id, cancellation) is not { Value: { Reason: not null } one, ETag: var etag }) return false;
        return await store.Commit(giver, [(one with { Reason = null }).ToReplace(etag)], cancellation) is CommitResult.Written ? true
            : Retry.Again;
    }, cancellation);
}

/// <summary>What other features ask of families: to be told, to go, to move along.</summary>
internal sealed class FamilyParts(IClubStore store) : IErases, IExports, IMovesOnMerge
{
    string IErases.Name => "families";
    string IExports.Name => "family";

    /// <summary>She names nobody any more, and nobody names her.</summary>
    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var erased = 0;
        foreach (var member in person.Members)
        {
            if (await Change(member, _ => [], cancellation)) erased++;
            var others = new List<MemberId>();
            await foreach (var document in store.FindAll(IndexQuery.Equal(Family.OtherIndex, member), cancellation))
                others.Add(new MemberId(document.Partition));
            foreach (var other in others)
                if (await Change(other, consents => [.. consents.Where(one => one.MemberId != member)], cancellation)) erased++;
        }
        return erased;
    }

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var consent in (await store.Read<Family>(profile.MemberId, Family.Id, cancellation))?.Value.Consents ?? [])
            yield return JsonSerializer.SerializeToNode(consent, ClubJson.Answers)!;
    }

    /// <summary>Hers are joined to the survivor's before they go here; a repeat joins nothing new.</summary>
    public async Task AfterEntries(Account from, MemberId to, CancellationToken cancellation)
    {
        if (await store.Read<Family>(from.MemberId, Family.Id, cancellation) is not { Value.Consents: { Count: > 0 } hers }) return;
        await Change(to, consents => [.. consents.Concat(hers).Where(one => one.MemberId != to && one.MemberId != from.MemberId)
            .DistinctBy(one => one.MemberId)], cancellation);
        await Change(from.MemberId, _ => [], cancellation);
    }

    /// <returns>Whether anything changed.</returns>
    private Task<bool> Change(MemberId member, Func<IReadOnlyList<FamilyConsent>, IReadOnlyList<FamilyConsent>> change,
        CancellationToken cancellation) => Retry.UntilDone<bool>($"The family of member {member}", async () =>
    {
        var stored = await store.Read<Family>(member, Family.Id, cancellation);
        var before = stored?.Value ?? new Family { MemberId = member };
        var after = change(before.Consents);
        if (after.SequenceEqual(before.Consents)) return false;
        Write write = after.Count == 0 ? new Write.Delete(Family.Id, stored!.ETag)
            : (before with { Consents = after }).ToWrite(stored?.ETag);
        return await store.Commit(member, [write], cancellation) is CommitResult.Written ? true : Retry.Again;
    }, cancellation);
}
