using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Activities;

/// <summary>The one writer of sign-ups. Each change touches the member's account, so that none is made in a place from which a merge has
/// taken them along.</summary>
public sealed class SignUpLedger(IClubStore store, MemberLedger ledger)
{
    /// <param name="decide">Told the member as she is known by now, and what is there; as it was, or null, nothing is written.</param>
    /// <returns>As it is then; null when there is none. Problems: <c>being-merged</c>: what is there may be on its way; <c>not-found</c>:
    /// she is forgotten, and takes part in nothing more.</returns>
    public Task<Outcome<SignUp?>> Put(MemberId memberId, string activity, Func<MemberId, SignUp?, SignUp?> decide,
        CancellationToken cancellation) => ledger.Change(memberId, async (journal, token) =>
        {
            var stored = await store.Read<SignUp>(journal.Account.MemberId, SignUp.IdOf(activity), token);
            return (Stored: stored, IsOnItsWay: stored is null && journal.Account.Absorbs is not null,
                IsGone: await store.Read<Profile>(journal.Account.MemberId, Profile.Id, token) is { Value.Status: MemberStatus.Erased });
        }, (journal, facts) =>
        {
            if (facts.IsOnItsWay) return (Outcome<SignUp?>)LedgerProblems.BeingMerged();
            var after = decide(journal.Account.MemberId, facts.Stored?.Value);
            if (facts.IsGone && after is not null && after.Begins(facts.Stored?.Value)) return Problem.NotFound($"Member \"{memberId}\"");
            if (after is not null && after != facts.Stored?.Value) journal.Attach(after, facts.Stored?.ETag);
            return after ?? facts.Stored?.Value;
        }, cancellation);

    /// <summary>Changes one that is there.</summary>
    /// <exception cref="StoreException">A merge is bringing it along: whoever asked tries again.</exception>
    public async Task<SignUp?> Change(SignUp known, Func<SignUp, SignUp> decide, CancellationToken cancellation)
    {
        var put = await Put(known.MemberId, known.Activity, (_, before) => before is null ? null : decide(before), cancellation);
        return put.Problem is null ? put.Value
            : throw new StoreException($"The sign-up of member {known.MemberId} is on its way to another member.");
    }

    /// <summary>Takes one along that stood with another member. A merge is under way, and it is this that brings it.</summary>
    public Task<SignUp> Join(SignUp brought, MemberId to, CancellationToken cancellation) => ledger.Change(to, (journal, token) =>
        store.Read<SignUp>(journal.Account.MemberId, SignUp.IdOf(brought.Activity), token), (journal, stored) =>
        {
            var joined = SignUpRules.Join(stored?.Value, brought, journal.Account.MemberId);
            if (joined != stored?.Value) journal.Attach(joined, stored?.ETag);
            return joined;
        }, cancellation);
}
