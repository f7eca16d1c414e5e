using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Spending;

/// <summary>
/// Points from one member to another 转赠. The giver's entry and the transfer are one commit; the receiver's entry is another, under an id
/// that follows from the transfer; then the transfer is done. Each step may come twice, and whatever a crash leaves, a sweep ends.
/// </summary>
public sealed class PointTransfers(IClubStore store, MovesLedger moves, MemberLedger ledger, Membership membership, Families families)
    : IFinishes
{
    public string DocumentId => Transfer.Document;

    /// <returns>Problems: <c>not-found</c>, <c>different-content</c>, and those of <see cref="TransferRules.Give"/>.</returns>
    public async Task<Outcome<Answered<TransferAnswer>>> Give(MemberId memberId, TransferPointsRequest request, Command command,
        Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Problem.NotFound($"Member \"{memberId}\"");
        var id = Transfer.IdOf(profile.MemberId, command);
        var given = await moves.Run(profile.MemberId, command, caller, (journal, token) => Gather(journal, request, token),
            (journal, receiver) =>
        {
            if (receiver is not var (to, isFamily)) return Unknown();
            var decided = TransferRules.Give(journal, id, to, isFamily, request, caller.Name ?? caller.Member?.Value ?? AuditTrail.Unnamed);
            return decided.Problem is { } problem ? problem
                : (Outcome<TransferAnswer>)TransferAnswer.Of(decided.Value, journal.Account.Balance(decided.Value.Wallet));
        }, cancellation);
        // Carried through, though the caller be gone; the same call again ends what was left half done.
        if (given.Succeeded) await Finish(profile.MemberId, given.Value.Answer.TransferId, CancellationToken.None);
        return given;
    }

    /// <summary>What one member gave, the latest first; null when she is not the caller's to see.</summary>
    public async Task<(IReadOnlyList<GivenView> Items, string? Continuation)?> Of(MemberId memberId, Caller caller, int limit,
        string? continuation, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile, IsMasked: var isMasked }) return null;
        var page = await store.Find(new IndexQuery(Transfer.MemberIndex, "", IndexQuery.Last, Partition: profile.MemberId, Limit: limit,
            Continuation: continuation), cancellation);
        var found = page.Documents.Select(document => GivenView.Of(document.As<Transfer>())).OrderByDescending(one => one.At);
        return ([.. found.Select(one => isMasked ? one with { Reason = null } : one)], page.Continuation);
    }

    public Task Finish(Document half, CancellationToken cancellation) => Finish(half.As<Transfer>().MemberId, half.Id, cancellation);

    private async Task Finish(MemberId giver, string id, CancellationToken cancellation)
    {
        // What a merge has still to bring along is ended where it comes to, by the sweep.
        giver = (await ledger.Load(giver, cancellation)).MemberId;
        if (await store.Read<Transfer>(giver, id, cancellation) is not { Value: { State: TransferState.UnderWay } transfer }) return;
        var isReceived = await Deliver(transfer, cancellation);
        await ledger.Change(giver, (journal, token) => store.Read<Transfer>(journal.Account.MemberId, id, token), (journal, stored) =>
        {
            if (stored is not null) TransferRules.End(journal, stored.Value, stored.ETag, isReceived);
            return true;
        }, cancellation);
    }

    /// <summary>Decided once, in the receiver's partition, by whatever is created there first: her entry, or that she did not take
    /// it.</summary>
    /// <returns>Whether she has it.</returns>
    private Task<bool> Deliver(Transfer transfer, CancellationToken cancellation) =>
        ledger.Change(transfer.To, async (journal, token) => (Decided: await Decided(transfer, journal.Through, token),
            IsThere: await IsThere(journal.Account.MemberId, token)), (journal, facts) =>
        {
            if (facts.Decided is { } before) return before;
            if (facts.IsThere) TransferRules.Receive(journal, transfer);
            else journal.Attach(new TransferRefusal { TransferId = transfer.Id, At = journal.RecordedAt });
            return facts.IsThere;
        }, cancellation);

    private async ValueTask<bool?> Decided(Transfer transfer, IReadOnlyList<MemberId> members, CancellationToken cancellation)
    {
        foreach (var member in members)
        {
            if (await store.Read(member, transfer.InId, cancellation) is not null) return true;
            if (await store.Read(member, TransferRefusal.IdOf(transfer.Id), cancellation) is not null) return false;
        }
        return null;
    }

    private async ValueTask<bool> IsThere(MemberId memberId, CancellationToken cancellation) =>
        await membership.Find(memberId, cancellation) is { Status: MemberStatus.Member };

    /// <summary>The receiver as she is now; null when nobody is there, whoever it was.</summary>
    private async ValueTask<(MemberId To, bool IsFamily)?> Gather(Journal journal, TransferPointsRequest request,
        CancellationToken cancellation)
    {
        var found = request.To.Identity is { } identity ? await membership.Find(identity, cancellation)
            : await membership.Find(request.To.MemberId!.Value, cancellation);
        return found is { Status: MemberStatus.Member }
            ? (found.MemberId, await families.AreOne(journal.Account.MemberId, found.MemberId, cancellation)) : null;
    }

    private static Problem Unknown() => Problem.NotFound("The member of $.to");
}
