using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;
using Club.Transactions;

namespace Club.Fraud;

/// <summary>Puts down what checks found about a bill, together with its booking.</summary>
internal sealed class DoubtKeeper(IClubStore store)
{
    /// <param name="vehicle">The partition of its vehicle's log; null: none was looked at.</param>
    /// <returns>Null when nothing was found.</returns>
    public async ValueTask<CheckedBill?> Keep(MemberId member, Incoming.Recorded message, string? vehicle, IReadOnlyList<Finding> findings,
        CancellationToken cancellation)
    {
        if (findings.Count == 0) return null;
        var id = Suspicion.IdOf(member, message.EntryId);
        var known = await store.Read<Suspicion>(member, id, cancellation);
        var approval = message.Transaction.ApprovedBy is null ? null
            : (await store.Read<Rejection>(Rejections.IdOf(message.Raw, message.SentWith), "rejection", cancellation))?.Value.Approval;
        return new CheckedBill(findings.Max(one => one.Severity), string.Join(", ", findings.Select(one => one.Check)),
            known?.Value.State == SuspicionState.Confirmed,
            journal => Keep(journal, known, NewOf(journal, id, message, vehicle, findings), approval?.Reason));
    }

    private static Suspicion NewOf(Journal journal, string id, Incoming.Recorded message, string? vehicle, IReadOnlyList<Finding> findings)
    {
        var (bill, severity) = (message.Transaction, findings.Max(one => one.Severity));
        return new Suspicion
        {
            Id = id,
            MemberId = journal.Account.MemberId,
            State = SuspicionState.Open,
            Severity = severity,
            Findings = findings,
            EntryId = message.EntryId,
            Source = bill.Source,
            SourceId = bill.Id,
            DealerId = bill.DealerId,
            At = bill.At,
            FoundAt = journal.RecordedAt,
            RejectionId = severity == CheckSeverity.Refuse ? Rejections.IdOf(message.Raw, message.SentWith) : null,
            Vehicle = vehicle,
        };
    }

    /// <summary>What was found before stays as it was found; a refused bill that somebody approved is cleared with its booking.</summary>
    private static void Keep(Journal journal, Stored<Suspicion>? known, Suspicion found, string? reason)
    {
        var approved = journal.Entries.FirstOrDefault(entry => entry.Id == found.EntryId)?.ApprovedBy;
        if (known is { } one && (approved is null || one.Value.State != SuspicionState.Open)) return;
        var now = known?.Value ?? found;
        journal.Attach(approved is null ? now : now with
        {
            State = SuspicionState.Cleared,
            Reason = reason,
            DecidedAt = journal.RecordedAt,
            DecidedBy = new ActingPerson(approved, null),
        }, known?.ETag);
    }
}
