using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Referrals;

/// <summary>The one writer of referrals. Each change touches the member's account, so that none is made in a place from which a merge has
/// taken them along.</summary>
public sealed class ReferralLedger(IClubStore store, MemberLedger ledger)
{
    /// <param name="decide">What becomes of it; as it was, nothing is written.</param>
    /// <returns>As it is then; null when there is none.</returns>
    /// <exception cref="StoreException">A merge is bringing it along: whoever asked tries again.</exception>
    public async Task<Referral?> Change(Referral known, Func<Referral, ValueTask<Referral>> decide, CancellationToken cancellation)
    {
        var (after, isOnItsWay, _) = await Write(known.MemberId, known.Id, async (_, before) =>
            before is null ? null : await decide(before), cancellation);
        return isOnItsWay ? throw new StoreException($"Referral {known.Id} is on its way to another member.") : after;
    }

    /// <summary>Puts down one that may be there already.</summary>
    /// <param name="decide">Told the member as she is known by now, and what is there.</param>
    /// <returns>Problems: <c>being-merged</c>: what is there may be on its way; <c>not-found</c>: she is forgotten.</returns>
    public async Task<Outcome<Referral>> Put(MemberId memberId, string id, Func<MemberId, Referral?, Referral> decide,
        CancellationToken cancellation)
    {
        var (after, isOnItsWay, isGone) = await Write(memberId, id, (member, before) => new(decide(member, before)), cancellation,
            isNew: true);
        return isOnItsWay ? LedgerProblems.BeingMerged() : isGone ? Problem.NotFound($"Member \"{memberId}\"") : after!;
    }

    /// <param name="isNew">Whether it may begin now, which nothing does of a member who is forgotten.</param>
    private Task<(Referral? After, bool IsOnItsWay, bool IsGone)> Write(MemberId memberId, string id,
        Func<MemberId, Referral?, ValueTask<Referral?>> decide, CancellationToken cancellation, bool isNew = false) =>
        ledger.Change(memberId, async (journal, token) =>
    {
        var member = journal.Account.MemberId;
        var stored = await store.Read<Referral>(member, id, token);
        var isOnItsWay = stored is null && journal.Account.Absorbs is not null;
        var isGone = isNew && await store.Read<Profile>(member, Profile.Id, token) is { Value.Status: MemberStatus.Erased };
        return (Stored: stored, After: isOnItsWay || isGone ? null : await decide(member, stored?.Value), IsOnItsWay: isOnItsWay,
            IsGone: isGone);
    }, (journal, facts) =>
    {
        if (facts.After is { } after && after != facts.Stored?.Value) journal.Attach(after, facts.Stored?.ETag);
        return (facts.After, facts.IsOnItsWay, facts.IsGone);
    }, cancellation);
}
