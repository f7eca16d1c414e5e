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
internal sealed class BillChecks(IClubStore store, IdentityHasher hasher, Membership membership, DealerDays days,
    DoubtKeeper keeper) : IChecksBills
{
    public async ValueTask<CheckedBill?> Check(Journal trial, Incoming.Recorded message, CancellationToken cancellation)
    {
        // What the club books by itself is nobody's bill.
        if (OwnSource.Is(message.Transaction.Source)) return null;
        var checks = trial.ProgrammeOn(message.Transaction.On).Checks;
        if (checks.Count == 0) return null;
        var places = await days.Note(checks, message.Transaction, message.EntryId, cancellation);
        var vehicle = checks.Any(check => check.AsksVehicle) ? VehicleOf(message) : null;
        var findings = vehicle is null ? Judge(checks, message, places, null)
            : await Note(checks, message, places, trial.Account.MemberId, vehicle, cancellation);
        return await keeper.Keep(trial.Account.MemberId, message, vehicle, findings, cancellation);
    }

    private string? VehicleOf(Incoming.Recorded message)
    {
        if (message.Transaction.Vehicle is { } vehicle) return VehicleLogs.PartitionOf(hasher, PersonIdentity.Of(vehicle));
        return message.Member.Identity is { Kind: IdentityKind.Vin } vin ? VehicleLogs.PartitionOf(hasher, vin) : null;
    }

    private static List<Finding> Judge(IReadOnlyList<FraudCheck> checks, Incoming.Recorded message,
        IReadOnlyDictionary<string, DealerPlace> places, VehicleLog? log) =>
        [.. checks.Select(check => CheckRules.Judge(check, message.Transaction, message.EntryId, log, places.GetValueOrDefault(check.Id)))
            .OfType<Finding>()];

    private Task<List<Finding>> Note(IReadOnlyList<FraudCheck> checks, Incoming.Recorded message,
        IReadOnlyDictionary<string, DealerPlace> places, MemberId member, string vehicle, CancellationToken cancellation) => Retry.UntilDone<List<Finding>>("The log of a vehicle", async () =>
    {
        var bill = message.Transaction;
        var stored = await store.Read<VehicleLog>(vehicle, VehicleLog.Id, cancellation);
        var log = stored?.Value ?? new VehicleLog();
        var findings = Judge(checks, message, places, log);
        // What speaks against it is looked at only where something does: seldom.
        if (findings.Count > 0) findings = Judge(checks, message, places, await Standing(log, cancellation));
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
}

/// <summary>Where the log of a vehicle is kept.</summary>
internal static class VehicleLogs
{
    public static string PartitionOf(IdentityHasher hasher, PersonIdentity vin) => $"vehicle:{hasher.Key("vehicle", vin.Value)}";
}
