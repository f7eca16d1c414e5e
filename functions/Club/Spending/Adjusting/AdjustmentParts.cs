using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Spending;

/// <summary>What other features ask of adjustments: to be told, to forget why, to move along.</summary>
internal sealed class AdjustmentParts(IClubStore store) : IErases, IExports, IMovesOnMerge
{
    private static readonly IndexQuery All = new(Adjustment.MemberIndex, "", IndexQuery.Last, Limit: 50);

    string IErases.Name => "adjustments";
    string IExports.Name => "adjustments";

    /// <summary>That there was one stays, with the entry that names it; why goes, and nobody decides about it any more.</summary>
    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var erased = 0;
        foreach (var member in person.Members)
            await foreach (var document in store.FindAll(All with { Partition = member }, cancellation))
                if (await Forget(member, document.Id, cancellation)) erased++;
        return erased;
    }

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var document in store.FindAll(All with { Partition = profile.MemberId }, cancellation))
            yield return JsonSerializer.SerializeToNode(AdjustmentView.Of(document.As<Adjustment>()), ClubJson.Answers)!;
    }

    public Task AfterEntries(Account from, MemberId to, CancellationToken cancellation) =>
        store.MoveAll<Adjustment>(All, from.MemberId, to, one => one with { MemberId = to }, cancellation);

    private Task<bool> Forget(MemberId member, string id, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"Adjustment {id}", async () =>
    {
        if (await store.Read<Adjustment>(member, id, cancellation) is not { Value: var one, ETag: var etag }) return false;
        if (one.Forgotten() == one) return false;
        return await store.Commit(member, [one.Forgotten().ToReplace(etag)], cancellation) is CommitResult.Written ? true : Retry.Again;
    }, cancellation);
}
