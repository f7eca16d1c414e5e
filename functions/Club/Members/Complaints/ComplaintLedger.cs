using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Members;

/// <summary>The one writer of complaints. Each change touches the member's account, so that none is made in a place from which a merge has
/// taken them along.</summary>
public sealed class ComplaintLedger(IClubStore store, MemberLedger ledger)
{
    /// <summary>What a change of one complaint finds.</summary>
    private sealed record Found(Stored<Complaint>? Stored, bool IsGone);

    /// <summary>Puts a new one down; one that is there with its id stays.</summary>
    /// <param name="isRepeatable">Whether it may have been put down before.</param>
    /// <returns>What is there then. Problems: <c>being-merged</c>: what is there may be on its way; <c>not-found</c>: she is
    /// forgotten.</returns>
    public Task<Outcome<Answered<Complaint>>> Open(Complaint opened, bool isRepeatable, CancellationToken cancellation) =>
        Change(opened.MemberId, opened.Id, (journal, found) =>
    {
        if (found.Stored is { } there) return new Answered<Complaint>(there.Value, IsRepeat: true);
        if (isRepeatable && journal.Account.Absorbs is not null) return (Outcome<Answered<Complaint>>)LedgerProblems.BeingMerged();
        if (found.IsGone) return Problem.NotFound($"Member \"{opened.MemberId}\"");
        var kept = opened with { MemberId = journal.Account.MemberId };
        journal.Attach(kept);
        return new Answered<Complaint>(kept, IsRepeat: false);
    }, cancellation);

    /// <param name="decide">What becomes of it; as it was, nothing is written.</param>
    /// <returns>As it is then; null when there is none. Problems: <c>being-merged</c>, and those of <paramref name="decide"/>.</returns>
    public Task<Outcome<Complaint?>> Change(MemberId memberId, string id, Func<Complaint, Outcome<Complaint>> decide,
        CancellationToken cancellation) => Change(memberId, id, (journal, found) =>
    {
        if (found.Stored is not { } stored)
            return journal.Account.Absorbs is null ? (Complaint?)null : (Outcome<Complaint?>)LedgerProblems.BeingMerged();
        var after = decide(stored.Value);
        if (after.Problem is { } problem) return problem;
        if (after.Value != stored.Value) journal.Attach(after.Value, stored.ETag);
        return after.Value;
    }, cancellation);

    /// <summary>For what happens by itself.</summary>
    /// <exception cref="StoreException">A merge is bringing it along: whoever asked tries again.</exception>
    public async Task<Complaint?> Change(Complaint known, Func<Complaint, Complaint> decide, CancellationToken cancellation)
    {
        var changed = await Change(known.MemberId, known.Id, now => decide(now), cancellation);
        return changed.Succeeded ? changed.Value : throw new StoreException($"Complaint {known.Id} is on its way to another member.");
    }

    private Task<T> Change<T>(MemberId memberId, string id, Func<Journal, Found, T> decide, CancellationToken cancellation) =>
        ledger.Change(memberId, async (journal, token) =>
    {
        var member = journal.Account.MemberId;
        return new Found(await store.Read<Complaint>(member, id, token),
            await store.Read<Profile>(member, Profile.Id, token) is not { Value.Status: not MemberStatus.Erased });
    }, decide, cancellation);
}
