using Club.Earning;
using Club.Programmes;

namespace Club.Fraud;

/// <summary>Whether a bill gives cause for doubt. Pure.</summary>
public static class CheckRules
{
    /// <param name="entryId">The bill's: a reading of its own is none of another.</param>
    /// <param name="log">What is known of its vehicle; null: nothing is, or it names none.</param>
    /// <param name="place">Which bill of its dealer's day it is; null: it is not counted.</param>
    /// <returns>Null when nothing does.</returns>
    public static Finding? Judge(FraudCheck check, Transaction bill, string entryId, VehicleLog? log, DealerPlace? place = null) =>
        check.Kind switch
    {
        CheckKind.DealerBurst => place is null ? null : Crowd(check, bill, place),
        CheckKind.ReferralCircle => null,
        CheckKind.LinesMissing => IsBare(check, bill) ? new Finding(check.Id, check.Kind, check.Severity) : null,
        _ when log is null => null,
        CheckKind.OdometerFalls => Falls(check, bill, Others(log, entryId), log.OdometerSince),
        CheckKind.VehicleElsewhere => Elsewhere(check, bill, Others(log, entryId)),
        _ => Burst(check, bill, Others(log, entryId)),
    };

    /// <summary>Whether a bill is one of those that a check counts for its dealer.</summary>
    public static bool Counts(FraudCheck check, Transaction bill) => check.Kind == CheckKind.DealerBurst
        && (check.AnyOf.Count == 0 || bill.Lines.Any(line => check.AnyOf.Contains(line.Category)));

    /// <summary>Fewer days than a week with bills tell of nothing that is usual.</summary>
    private const int FewestDays = 5;

    /// <summary>The median: a day of frauds, or a quiet one, does not move it.</summary>
    /// <param name="before">The bills of each day that had any.</param>
    /// <returns>Null: too few days.</returns>
    public static int? UsualOf(IReadOnlyList<int> before) =>
        before.Count < FewestDays ? null : before.Order().ElementAt(before.Count / 2);

    private static Finding? Crowd(FraudCheck check, Transaction bill, DealerPlace place) =>
        place.Usual is { } usual && place.Number > Math.Max(check.Most, check.Times * usual)
            ? new Finding(check.Id, check.Kind, check.Severity)
            {
                Now = place.Number,
                Known = usual,
                On = bill.On,
                DealerId = bill.DealerId,
            }
            : null;

    /// <summary>A work order 工单 is for parts or labour; a bill for something else altogether is no work order.</summary>
    private static bool IsBare(FraudCheck check, Transaction bill) => !bill.Lines.Any(line =>
        check.AnyOf.Contains(line.Category) || check.Unless.Contains(line.Category));

    private static IEnumerable<VehicleReading> Others(VehicleLog log, string entryId) => log.Readings.Where(one => one.EntryId != entryId);

    /// <summary>Bills come in any order: what it showed before is no more, what it shows later is no less.</summary>
    private static Finding? Falls(FraudCheck check, Transaction bill, IEnumerable<VehicleReading> others, DateTimeOffset? since)
    {
        if (bill.Odometer is not { } now || bill.At < since) return null;
        var known = others.Where(one => one is { Odometer: not null, IsDoubted: false } && !(one.At < since)).ToArray();
        var before = known.Where(one => one.At <= bill.At).MaxBy(one => one.Odometer);
        var after = known.Where(one => one.At > bill.At).MinBy(one => one.Odometer);
        var against = before?.Odometer > now ? before : after?.Odometer < now ? after : null;
        return against is null ? null
            : new Finding(check.Id, check.Kind, check.Severity)
            {
                Now = now,
                Known = against.Odometer,
                On = against.On,
                DealerId = against.DealerId,
            };
    }

    private static Finding? Elsewhere(FraudCheck check, Transaction bill, IEnumerable<VehicleReading> others) =>
        bill.DealerId is { } here
            && others.FirstOrDefault(one => one.On == bill.On && one.DealerId is { } there && there != here) is { } other
            ? new Finding(check.Id, check.Kind, check.Severity) { On = other.On, DealerId = other.DealerId } : null;

    private static Finding? Burst(FraudCheck check, Transaction bill, IEnumerable<VehicleReading> others)
    {
        var count = others.Count(one => one.On <= bill.On && one.On > bill.On.AddDays(-check.Days)) + 1;
        return count <= check.Most ? null
            : new Finding(check.Id, check.Kind, check.Severity) { Now = count, Known = check.Most };
    }
}
