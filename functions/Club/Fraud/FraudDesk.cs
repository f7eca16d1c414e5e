using Club.Access;
using Club.Care;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Club.Transactions;

namespace Club.Fraud;

/// <summary>Lists bills in doubt 疑似假单, and decides about them.</summary>
public sealed class FraudDesk(IClubStore store, MemberLedger ledger, BookingFactsReader facts, MessageKeys keys, Accrue accrue,
    Membership membership)
{
    /// <summary>The source of what a decision books.</summary>
    private const string Source = "/club/checks";

    /// <summary>What the reading of one bill and its decision take.</summary>
    /// <param name="Accrual">What the bill made; nothing where it was refused.</param>
    private sealed record Facts(Stored<Suspicion>? Stored, FollowUpFacts? Accrual);

    /// <summary>Bills in doubt, the latest found first.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<SuspicionView> Items, string? Continuation)> List(SuspicionState? state, DealerId? dealer, int limit,
        string? continuation, CancellationToken cancellation)
    {
        var query = new IndexQuery(Suspicion.WhenIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation);
        if (state is { } one) query = query.And(new IndexKey(Suspicion.StateIndex, $"{one}"));
        if (dealer is { } named) query = query.And(new IndexKey(Suspicion.DealerIndex, named));
        var page = await store.Find(query, cancellation);
        var found = page.Documents.Select(document => document.As<Suspicion>()).OrderByDescending(suspicion => suspicion.FoundAt);
        return ([.. found.Select(SuspicionView.Of)], page.Continuation);
    }

    /// <summary>Nothing is wrong with it: what waited of its points is released, and a refused bill is booked.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>already-decided</c>, <c>different-content</c>, <c>being-merged</c>, and whatever refuses the
    /// bill now.</returns>
    public async Task<Outcome<Answered<SuspicionView>>> Clear(string id, string reason, Command command, Caller caller,
        CancellationToken cancellation)
    {
        if (await Find(id, cancellation) is not { } known) return Unknown(id);
        if (known is { State: SuspicionState.Open, RejectionId: { } rejection })
        {
            var booked = await accrue.Approve(rejection, reason, caller, cancellation);
            if ((booked.Problem ?? (booked.Value.Fate == Fate.Rejected ? booked.Value.Problem : null)) is { } refused) return refused;
        }
        var cleared = await Decide(known, command, caller, (journal, suspicion, accrual) =>
        {
            // The booking of a refused bill cleared it already.
            if (suspicion.State == SuspicionState.Open && suspicion.RejectionId is null) Release(journal, suspicion, accrual);
            if (IsOfOdometer(suspicion)) journal.Account = MileageRules.Believe(journal.Account, suspicion.EntryId);
            return suspicion with { State = SuspicionState.Cleared, Reason = reason };
        }, mayBeClearedFor: known.RejectionId is null ? null : reason, cancellation);
        if (cleared.Succeeded && known.Vehicle is { } vehicle && IsOfOdometer(known))
            await Believe(vehicle, known, cancellation);
        return cleared;
    }

    /// <summary>It is false: what the bill earned is taken back, and a refused one stays refused.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>already-decided</c>, <c>different-content</c>, <c>being-merged</c>.</returns>
    public async Task<Outcome<Answered<SuspicionView>>> Confirm(string id, string reason, Command command, Caller caller,
        CancellationToken cancellation) => await Find(id, cancellation) is not { } known ? Unknown(id)
        : await Decide(known, command, caller, (journal, suspicion, accrual) =>
        {
            TakeBack(journal, suspicion, reason, accrual);
            journal.Account = MileageRules.Without(journal.Account, suspicion.EntryId);
            return suspicion with { State = SuspicionState.Confirmed, Reason = reason };
        }, mayBeClearedFor: null, cancellation);

    private static bool IsOfOdometer(Suspicion suspicion) =>
        suspicion.Findings.Any(one => one.Kind == Programmes.CheckKind.OdometerFalls);

    /// <summary>Also of somebody who is forgotten: a bill that was on its way then may be in doubt after.</summary>
    private async ValueTask<Suspicion?> Find(string id, CancellationToken cancellation) =>
        (await store.Read<Suspicion>(await membership.Survivor(OwnedId.MemberOf(id), cancellation), id, cancellation))?.Value;

    /// <param name="mayBeClearedFor">The reason with which the clearing of a refused bill goes on from its booking; null: it does
    /// not.</param>
    private async Task<Outcome<Answered<SuspicionView>>> Decide(Suspicion known, Command command, Caller caller,
        Func<Journal, Suspicion, FollowUpFacts?, Suspicion> decide, string? mayBeClearedFor, CancellationToken cancellation)
    {
        // What is booked has a key as every message has; of two decisions the ledger takes the first.
        if (known is { State: SuspicionState.Open, RejectionId: null })
            await keys.Take(new Incoming.Returned(ReversalOf(known, "", default, default), ""), keys.OfMember(known.MemberId),
                cancellation);
        return await ledger.Run(known.MemberId, command, caller, (journal, token) => Gather(journal, known, token), (journal, gathered) =>
        {
            if (gathered.Stored is not { } stored)
                return journal.Account.Absorbs is null ? Unknown(known.Id) : LedgerProblems.BeingMerged();
            var before = stored.Value;
            if (before.State != SuspicionState.Open && !IsBooked(before, mayBeClearedFor, caller))
                return new Problem("already-decided", $"Bill {before.SourceId} is {before.State.ToString().ToLowerInvariant()} already.")
                {
                    Kind = ProblemKind.Conflict,
                };
            var after = decide(journal, before, gathered.Accrual) with
            {
                DecidedAt = journal.RecordedAt,
                DecidedBy = ActingPerson.Of(caller),
            };
            journal.Attach(after, stored.ETag);
            return (Outcome<SuspicionView>)SuspicionView.Of(after);
        }, cancellation);
    }

    /// <summary>Whether it is cleared by nothing but the booking that the caller approved.</summary>
    private static bool IsBooked(Suspicion one, string? reason, Caller caller) => reason is not null
        && one is { State: SuspicionState.Cleared, DecidedBy: { Subject: null } by }
        && (one.Reason is null || one.Reason == reason && by.Name == caller.Author);

    private async ValueTask<Facts> Gather(Journal journal, Suspicion known, CancellationToken cancellation)
    {
        var stored = await store.Read<Suspicion>(journal.Account.MemberId, known.Id, cancellation);
        var reversal = new Incoming.Returned(ReversalOf(known, "", journal.RecordedAt, journal.Today), "");
        var accrual = await facts.Gather(journal, reversal, known.EntryId, cancellation);
        return new Facts(stored, accrual.Originals.Count == 0 ? null : accrual);
    }

    private static void Release(Journal journal, Suspicion suspicion, FollowUpFacts? accrual)
    {
        if (accrual is null) return;
        // A bill that earned nothing, or all of whose points wait for something else, has nothing to release.
        ReleaseRules.Release(journal, new Confirmation(Source, suspicion.Id, journal.RecordedAt, journal.Today, suspicion.SourceId,
            CheckedBill.Review), accrual.Originals, Ids.Derived("", suspicion.Id, "cleared"));
    }

    private static void TakeBack(Journal journal, Suspicion suspicion, string reason, FollowUpFacts? accrual)
    {
        if (accrual is null || accrual.Reversed?.Value.Whole is true) return;
        // What was returned meanwhile is left out: all that is left goes.
        ReversalRules.Reverse(journal, ReversalOf(suspicion, reason, journal.RecordedAt, journal.Today), accrual.Originals,
            accrual.Reversed?.Value ?? new Reversed { EntryId = suspicion.EntryId }, Ids.Derived("", suspicion.Id, "confirmed"),
            accrual.Reversed?.ETag);
    }

    private static Reversal ReversalOf(Suspicion suspicion, string reason, DateTimeOffset at, DateOnly on) =>
        new(Source, suspicion.Id, at, on, suspicion.SourceId, reason, null);

    /// <summary>Somebody looked at the odometer: what it shows counts from now on, and nothing before.</summary>
    private Task<bool> Believe(string vehicle, Suspicion cleared, CancellationToken cancellation) =>
        Retry.UntilDone<bool>("The log of a vehicle", async () =>
    {
        if (await store.Read<VehicleLog>(vehicle, VehicleLog.Id, cancellation) is not { Value: var log, ETag: var etag }) return false;
        var after = log with
        {
            OdometerSince = log.OdometerSince > cleared.At ? log.OdometerSince : cleared.At,
            Readings = [.. log.Readings.Select(one => one.EntryId == cleared.EntryId ? one with { IsDoubted = false } : one)],
        };
        return await store.Commit(vehicle, [after.ToReplace(etag)], cancellation) is CommitResult.Written ? true : Retry.Again;
    }, cancellation);

    private static Problem Unknown(string id) => Problem.NotFound($"Suspicion \"{id}\"");
}
