using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.Options;

namespace Club.Referrals;

/// <summary>The one writer of repurchases. Each change touches the member's account, so that none is made in a place from which a merge has
/// taken them along, and two hosts never begin two for one vehicle.</summary>
public sealed class RepurchaseLedger(IClubStore store, MemberLedger ledger, IOptions<RetentionOptions> retention)
{
    internal static readonly IndexQuery Own = new(Repurchase.MemberIndex, "", IndexQuery.Last, Limit: 50);

    private sealed record Facts(Stored<Profile>? Profile, IReadOnlyList<Stored<Repurchase>> Own);

    private int Kept => retention.Value.MessageDays;

    /// <summary>Begins one for each vehicle of a member that is old enough by now and was not looked at. Safe to repeat.</summary>
    public Task Look(MemberId memberId, CancellationToken cancellation) => ledger.Change(memberId, Gather, Look, cancellation);

    private static bool Look(Journal journal, Facts facts)
    {
        // Who is being merged is looked at when that is done.
        if (journal.Programme.Repurchase is not { } terms || journal.Account.Absorbs is { Count: > 0 }
            || facts.Profile is not { Value: { Status: MemberStatus.Member } member, ETag: var etag }) return false;
        var due = RepurchaseRules.Due(member, terms, journal.Today);
        if (due.Count == 0) return false;
        if (RepurchaseRules.IsMeant(terms, member.ValueClass))
            foreach (var vehicle in due.Where(vehicle => facts.Own.All(one => one.Value.Vin != vehicle.Vin))
                .DistinctBy(vehicle => vehicle.Vin))
                journal.Attach(RepurchaseRules.Begin(member, vehicle, terms, journal.RecordedAt, journal.Today));
        journal.Attach(RepurchaseRules.Looked(member, due), etag);
        return true;
    }

    /// <summary>Brings open ones up to what she is by now: whose branch asks her, and whether anybody may. Safe to repeat.</summary>
    /// <exception cref="StoreException">A merge is bringing some along: whoever asked tries again.</exception>
    public Task Settle(MemberId memberId, CancellationToken cancellation) => ledger.Change(memberId, Gather, (journal, facts) =>
    {
        if (facts.Own.Count == 0 && journal.Account.Absorbs is not { Count: > 0 }) return false;
        ThrowIfMerging(journal);
        if (facts.Profile is not { Value: { IsPersonal: true } member }) return false;
        foreach (var one in facts.Own)
            if (RepurchaseRules.Settled(one.Value, member, journal.RecordedAt, journal.Today, Kept) is var after && after != one.Value)
                journal.Attach(after, one.ETag);
        return true;
    }, cancellation);

    /// <summary>Tells of a purchase, by which at most one is won.</summary>
    /// <returns>The one that is won by it, now or before; null: none.</returns>
    /// <exception cref="StoreException">A merge is bringing some along: whoever asked tries again.</exception>
    public Task<Repurchase?> Win(Entry sale, InputLine vehicle, CancellationToken cancellation) =>
        ledger.Change(sale.MemberId, Gather, (journal, facts) =>
    {
        ThrowIfMerging(journal);
        if (facts.Own.FirstOrDefault(one => one.Value.Sale == sale.Id) is { Value: var before }) return before;
        if (RepurchaseRules.InTurn(facts.Own.Select(one => one.Value), sale).FirstOrDefault() is not { } first) return null;
        var won = RepurchaseRules.Won(first, sale, vehicle, journal.RecordedAt, journal.Today, Kept);
        journal.Attach(won, facts.Own.First(one => one.Value.Id == first.Id).ETag);
        return won;
    }, cancellation);

    /// <param name="decide">What becomes of it, told when it is and how many days notes are kept; as it was, nothing is written.</param>
    /// <returns>As it is then. Problems: <c>not-found</c>, <c>being-merged</c>, and those of the decision.</returns>
    public Task<Outcome<Repurchase>> Change(MemberId memberId, string id, Func<Repurchase, Journal, int, Outcome<Repurchase>> decide,
        CancellationToken cancellation) =>
        ledger.Change<Stored<Repurchase>?, Outcome<Repurchase>>(memberId, (journal, token) =>
            store.Read<Repurchase>(journal.Account.MemberId, id, token), (journal, stored) =>
    {
        if (stored is null)
            return journal.Account.Absorbs is null ? Problem.NotFound($"Repurchase \"{id}\"") : LedgerProblems.BeingMerged();
        var decided = decide(stored.Value, journal, Kept);
        if (decided.Succeeded && decided.Value != stored.Value) journal.Attach(decided.Value, stored.ETag);
        return decided;
    }, cancellation);

    private async ValueTask<Facts> Gather(Journal journal, CancellationToken cancellation)
    {
        var member = journal.Account.MemberId;
        var own = new List<Stored<Repurchase>>();
        await foreach (var document in store.FindAll(Own with { Partition = member }, cancellation))
            own.Add(document.ToStored<Repurchase>());
        return new Facts(await store.Read<Profile>(member, Profile.Id, cancellation), own);
    }

    private static void ThrowIfMerging(Journal journal)
    {
        if (journal.Account.Absorbs is { Count: > 0 }) throw new StoreException($"Member {journal.Account.MemberId} is being merged.");
    }
}
