using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Spending;

/// <summary>Corrects members' points by hand: with a reason, and above the programme's limit with four eyes.</summary>
public sealed class Adjustments(IClubStore store, MovesLedger ledger, Membership membership)
{
    /// <returns>Problems: <c>not-found</c>, <c>different-content</c>, and those of <see cref="AdjustRules.Ask"/>.</returns>
    public async Task<Outcome<Answered<AdjustmentAnswer>>> Ask(MemberId memberId, AdjustmentRequest request, Command command, Caller caller,
        CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Problem.NotFound($"Member \"{memberId}\"");
        // She may be forgotten meanwhile: then nobody would decide.
        return await ledger.Run(profile.MemberId, command, caller, (journal, token) => membership.Find(journal.Account.MemberId, token),
            (journal, now) => now is null ? Problem.NotFound($"Member \"{memberId}\"")
                : AdjustRules.Ask(journal, Adjustment.IdOf(profile.MemberId, command), request, profile.DealerId, ActingPerson.Of(caller)),
            cancellation);
    }

    public Task<Outcome<Answered<AdjustmentAnswer>>> Approve(string id, Command command, Caller caller, CancellationToken cancellation) =>
        Decide(id, command, caller, (journal, stored) => AdjustRules.Approve(journal, stored, ActingPerson.Of(caller)), cancellation);

    public Task<Outcome<Answered<AdjustmentAnswer>>> Refuse(string id, string reason, Command command, Caller caller,
        CancellationToken cancellation) =>
        Decide(id, command, caller, (journal, stored) => AdjustRules.Refuse(journal, stored, reason, ActingPerson.Of(caller)),
            cancellation);

    /// <summary>Adjustments, the latest first.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<AdjustmentView> Items, string? Continuation)> List(AdjustmentState? state, int limit,
        string? continuation, CancellationToken cancellation)
    {
        var query = new IndexQuery(Adjustment.WhenIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation);
        if (state is { } one) query = query.And(new IndexKey(Adjustment.StateIndex, $"{one}"));
        var page = await store.Find(query, cancellation);
        var found = page.Documents.Select(document => document.As<Adjustment>()).OrderByDescending(adjustment => adjustment.At);
        return ([.. found.Select(AdjustmentView.Of)], page.Continuation);
    }

    private async Task<Outcome<Answered<AdjustmentAnswer>>> Decide(string id, Command command, Caller caller,
        Func<Journal, Stored<Adjustment>, Outcome<AdjustmentAnswer>> decide, CancellationToken cancellation)
    {
        if (await membership.Find(OwnedId.MemberOf(id), cancellation) is not { } profile) return Unknown(id);
        return await ledger.Run(profile.MemberId, command, caller,
            (journal, token) => store.Read<Adjustment>(journal.Account.MemberId, id, token), (journal, stored) =>
                stored is not null ? decide(journal, stored) : journal.Account.Absorbs is null ? Unknown(id) : LedgerProblems.BeingMerged(),
            cancellation);
    }

    private static Problem Unknown(string id) => Problem.NotFound($"Adjustment \"{id}\"");
}
