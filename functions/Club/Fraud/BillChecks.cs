using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Transactions;

namespace Club.Fraud;

/// <summary>Makes the checks of the rule book before a bill is booked. What is known of a vehicle is put down first; a bill that comes
/// again finds its own reading and is judged by the others.</summary>
internal sealed class BillChecks(IClubStore store, IdentityHasher hasher, Membership membership) : IChecksBills
{
    public async ValueTask<CheckedBill?> Check(Journal trial, Incoming.Recorded message, CancellationToken cancellation)
    {
        // What the club books by itself is nobody's bill.
        if (OwnSource.Is(message.Transaction.Source)) return null;
        var checks = trial.ProgrammeOn(message.Transaction.On).Checks;
        if (checks.Count == 0) return null;
        var vehicle = checks.Any(check => check.AsksVehicle) ? VehicleOf(message) : null;
        var findings = vehicle is null ? Judge(checks, message, null)
            : await Note(checks, message, trial.Account.MemberId, vehicle, cancellation);
        if (findings.Count == 0) return null;
        var id = Suspicion.IdOf(trial.Account.MemberId, message.EntryId);
        var known = await store.Read<Suspicion>(trial.Account.MemberId, id, cancellation);
        return new CheckedBill(findings.Max(one => one.Severity), string.Join(", ", findings.Select(one => one.Check)),
            known?.Value.State == SuspicionState.Confirmed,
            journal => Keep(journal, known, NewOf(journal, id, message, vehicle, findings)));
    }

    private string? VehicleOf(Incoming.Recorded message)
    {
        if (message.Transaction.Vehicle is { } vehicle) return VehicleLogs.PartitionOf(hasher, PersonIdentity.Of(vehicle));
        return message.Member.Identity is { Kind: IdentityKind.Vin } vin ? VehicleLogs.PartitionOf(hasher, vin) : null;
    }

    private static List<Finding> Judge(IReadOnlyList<FraudCheck> checks, Incoming.Recorded message, VehicleLog? log) =>
        [.. checks.Select(check => CheckRules.Judge(check, message.Transaction, message.EntryId, log)).OfType<Finding>()];

    private Task<List<Finding>> Note(IReadOnlyList<FraudCheck> checks, Incoming.Recorded message, MemberId member, string vehicle,
        CancellationToken cancellation) => Retry.UntilDone<List<Finding>>("The log of a vehicle", async () =>
    {
        var bill = message.Transaction;
        var stored = await store.Read<VehicleLog>(vehicle, VehicleLog.Id, cancellation);
        var log = stored?.Value ?? new VehicleLog();
        var findings = Judge(checks, message, log);
        // What speaks against it is looked at only where something does: seldom.
        if (findings.Count > 0) findings = Judge(checks, message, await Standing(log, cancellation));
        if (log.Readings.Any(one => one.EntryId == message.EntryId)) return findings;
        var after = log.With(new VehicleReading(message.EntryId, bill.At, bill.On, bill.DealerId, bill.Odometer,
            findings.Exists(one => one.Kind == CheckKind.OdometerFalls), member));
        return await store.Commit(vehicle, [after.ToWrite(stored?.ETag)], cancellation) is CommitResult.Written ? findings : Retry.Again;
    }, cancellation);

    /// <summary>The log without bills that were returned in full or found false.</summary>
    private async ValueTask<VehicleLog> Standing(VehicleLog log, CancellationToken cancellation)
    {
        var standing = new List<VehicleReading>(log.Readings.Count);
        foreach (var reading in log.Readings)
            if (!await IsVoid(reading, cancellation)) standing.Add(reading);
        return log with { Readings = standing };
    }

    private async ValueTask<bool> IsVoid(VehicleReading reading, CancellationToken cancellation)
    {
        if (reading.MemberId is not { } then) return false;
        var member = await membership.Survivor(then, cancellation);
        return await store.Read<Reversed>(member, Reversed.IdOf(reading.EntryId), cancellation) is { Value.Whole: true }
            || await store.Read<Suspicion>(member, Suspicion.IdOf(then, reading.EntryId), cancellation)
                is { Value.State: SuspicionState.Confirmed };
    }

    private static Suspicion NewOf(Journal journal, string id, Incoming.Recorded message, string? vehicle, List<Finding> findings)
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
    private static void Keep(Journal journal, Stored<Suspicion>? known, Suspicion found)
    {
        var approved = journal.Entries.FirstOrDefault(entry => entry.Id == found.EntryId)?.ApprovedBy;
        if (known is { } one && (approved is null || one.Value.State != SuspicionState.Open)) return;
        var now = known?.Value ?? found;
        journal.Attach(approved is null ? now : now with
        {
            State = SuspicionState.Cleared,
            DecidedAt = journal.RecordedAt,
            DecidedBy = new ActingPerson(approved, null),
        }, known?.ETag);
    }
}

/// <summary>Where the log of a vehicle is kept.</summary>
internal static class VehicleLogs
{
    public static string PartitionOf(IdentityHasher hasher, PersonIdentity vin) => $"vehicle:{hasher.Key("vehicle", vin.Value)}";
}
