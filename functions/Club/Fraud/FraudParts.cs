using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Fraud;

/// <summary>What other features ask of bills in doubt: to move along, to be told, to forget the person.</summary>
internal sealed class FraudParts(IClubStore store, IdentityHasher hasher, ClubCalendar calendar) : IMovesOnMerge, IErases, IExports
{
    private static readonly IndexQuery Own = new(Suspicion.MemberIndex, "", IndexQuery.Last, Limit: 50);

    string IErases.Name => "suspicions";
    string IExports.Name => "suspicions";

    public Task AfterEntries(Account from, MemberId to, CancellationToken cancellation) =>
        store.MoveAll<Suspicion>(Own, from.MemberId, to, one => one with { MemberId = to }, cancellation);

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var document in store.FindAll(Own with { Partition = profile.MemberId }, cancellation))
            yield return JsonSerializer.SerializeToNode(SuspicionView.Of(document.As<Suspicion>()), ClubJson.Answers)!;
    }

    /// <summary>That a bill was in doubt stays with its entry; where her vehicles were, and what was written about it, goes. Nobody can
    /// decide about it any more.</summary>
    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var erased = 0;
        foreach (var member in person.Members)
            await foreach (var document in store.FindAll(Own with { Partition = member }, cancellation))
                if (await Forget(member, document.Id, cancellation)) erased++;
        foreach (var vin in person.Known().Where(one => one.Kind == IdentityKind.Vin))
        {
            var vehicle = VehicleLogs.PartitionOf(hasher, vin);
            if (await store.Read(vehicle, VehicleLog.Id, cancellation) is { } log)
                await store.Commit(vehicle, [new Write.Delete(log.Id, log.ETag)], cancellation);
        }
        return erased;
    }

    private Task<bool> Forget(MemberId member, string id, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"Suspicion {id}", async () =>
    {
        if (await store.Read<Suspicion>(member, id, cancellation) is not { Value: var one, ETag: var etag }) return false;
        var after = one with { Reason = null, Vehicle = null };
        if (one.State == SuspicionState.Open) after = after with { State = SuspicionState.Dropped, DecidedAt = calendar.Now };
        if (after == one) return false;
        return await store.Commit(member, [after.ToReplace(etag)], cancellation) is CommitResult.Written ? true : Retry.Again;
    }, cancellation);
}
