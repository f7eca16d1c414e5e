using Club.Kernel;
using Club.Ledger;

namespace Club.Care;

/// <summary>When a car will have been driven far enough for its next maintenance, and by which readings.</summary>
/// <param name="From">The day of the first reading that counts.</param>
/// <param name="To">The day of the last one.</param>
/// <param name="PerDay">Kilometres a day between the two, to one decimal.</param>
/// <param name="AtVisit">What the odometer showed at the last visit, or would have shown by that line.</param>
/// <param name="Kilometres">After how many maintenance is due.</param>
/// <param name="On">The day on which they will have been driven.</param>
public sealed record MileageForecast(DateOnly From, int FromKilometres, DateOnly To, int ToKilometres, decimal PerDay, int AtVisit,
    int Kilometres, DateOnly On);

/// <summary>What the odometers of a member's cars tell. Bills come in any order, and may show less than the one before: such a reading is
/// kept and not believed. Pure.</summary>
public static class MileageRules
{
    /// <summary>So many readings tell how somebody drives now.</summary>
    private const int MostReadings = 8;

    private const int MostVehicles = 5;

    /// <summary>Two readings that are closer together tell of a journey, not of a habit.</summary>
    private const int LeastSpanDays = 30;

    /// <summary>Who has driven too far already is told within so many days of the reading.</summary>
    private const int LeastNoticeDays = 7;

    /// <summary>Whatever lies further ahead is no date.</summary>
    private const int MostAheadDays = 3650;

    /// <summary>The account with the reading of a bill.</summary>
    /// <param name="vin">Null: the bill names no vehicle.</param>
    public static Account Plus(Account account, string entryId, string? vin, DateOnly on, int? kilometres)
    {
        if (vin is null || kilometres is not { } shown) return account;
        var driven = account.Driven ?? [];
        // Before a merge she may have had another name.
        var names = account.Names.Select(name => KeyOf(name, vin)).ToArray();
        var known = driven.FirstOrDefault(one => names.Contains(one.Vehicle)) ?? new DrivenVehicle(KeyOf(account.MemberId, vin), []);
        if (known.Readings.Any(one => one.EntryId == entryId)) return account;
        var reading = new OdometerReading(entryId, on, shown, Falls(known.Readings, on, shown));
        return With(account, [.. driven.Where(one => one.Vehicle != known.Vehicle),
            known with { Readings = Bounded(known.Readings.Append(reading)) }]);
    }

    /// <summary>Somebody looked at the odometer: the reading of that bill counts, and none before it.</summary>
    public static Account Believe(Account account, string entryId) => Change(account, entryId, (readings, cleared) =>
        [.. readings.Where(one => one.On >= cleared.On).Select(one => one with { IsDoubted = one.Kilometres < cleared.Kilometres })]);

    /// <summary>The bill was false.</summary>
    public static Account Without(Account account, string entryId) => Change(account, entryId, (readings, gone) =>
        Rejudged([.. readings.Where(one => one != gone)]));

    /// <summary>Whoever was doubted because of a reading that is gone may be believed now.</summary>
    private static OdometerReading[] Rejudged(IReadOnlyList<OdometerReading> readings)
    {
        var believed = readings.Where(one => !one.IsDoubted).ToList();
        foreach (var doubted in readings.Where(one => one.IsDoubted))
            if (!Falls(believed, doubted.On, doubted.Kilometres)) believed.Add(doubted with { IsDoubted = false });
        return Bounded(readings.Select(one => believed.Find(other => other.EntryId == one.EntryId) ?? one));
    }

    /// <summary>What two members drove who are one.</summary>
    public static Account Together(Account account, Account other)
    {
        if (other.Driven is not { Count: > 0 } theirs) return account;
        return With(account, [.. (account.Driven ?? []).Concat(theirs).GroupBy(one => one.Vehicle)
            .Select(same => new DrivenVehicle(same.Key, Bounded(same.SelectMany(one => one.Readings).DistinctBy(one => one.EntryId))))]);
    }

    /// <summary>
    /// The day on which the car with which she came last will have been driven so far since: on the line through the first and the last of
    /// its believed readings, from the last one on.
    /// </summary>
    /// <returns>Null when its readings do not tell.</returns>
    public static MileageForecast? Of(IReadOnlyList<DrivenVehicle>? driven, int kilometres, DateOnly lastVisit)
    {
        MileageForecast? first = null;
        foreach (var vehicle in driven ?? [])
            if (Of(vehicle, kilometres, lastVisit) is { } one && !(first?.On <= one.On)) first = one;
        return first;
    }

    private static MileageForecast? Of(DrivenVehicle vehicle, int kilometres, DateOnly lastVisit)
    {
        var believed = vehicle.Readings.Where(one => !one.IsDoubted).ToArray();
        // A car that did not come with her last visit, nor after it, may be sold.
        if (believed.Length < 2 || believed[^1].On < lastVisit) return null;
        var (from, to) = (believed[0], believed[^1]);
        var (days, driven) = (to.On.DayNumber - from.On.DayNumber, to.Kilometres - from.Kilometres);
        if (days < LeastSpanDays || driven <= 0) return null;
        var rate = (decimal)driven / days;
        var atVisit = believed.LastOrDefault(one => one.On == lastVisit)?.Kilometres
            ?? (int)decimal.Round(to.Kilometres - rate * (to.On.DayNumber - lastVisit.DayNumber));
        var ahead = decimal.Ceiling((atVisit + kilometres - to.Kilometres) / rate);
        if (ahead > MostAheadDays || to.On.DayNumber > DateOnly.MaxValue.DayNumber - MostAheadDays) return null;
        return new MileageForecast(from.On, from.Kilometres, to.On, to.Kilometres, decimal.Round(rate, 1), atVisit, kilometres,
            to.On.AddDays(Math.Max((int)ahead, LeastNoticeDays)));
    }

    /// <summary>What it showed before is no more, what it shows later is no less.</summary>
    private static bool Falls(IReadOnlyList<OdometerReading> others, DateOnly on, int kilometres) => others.Any(one => !one.IsDoubted
        && (one.On < on ? one.Kilometres > kilometres : one.On > on && one.Kilometres < kilometres));

    private static Account Change(Account account, string entryId,
        Func<IReadOnlyList<OdometerReading>, OdometerReading, IReadOnlyList<OdometerReading>> change)
    {
        foreach (var vehicle in account.Driven ?? [])
            if (vehicle.Readings.FirstOrDefault(one => one.EntryId == entryId) is { } reading)
                return With(account, [.. account.Driven!.Select(one =>
                    one != vehicle ? one : one with { Readings = change(one.Readings, reading) })]);
        return account;
    }

    private static Account With(Account account, IEnumerable<DrivenVehicle> driven)
    {
        DrivenVehicle[] kept = [.. driven.Where(one => one.Readings.Count > 0).OrderByDescending(one => one.Readings[^1].On)
            .ThenBy(one => one.Vehicle, StringComparer.Ordinal).Take(MostVehicles)];
        return account with { Driven = kept.Length == 0 ? null : kept };
    }

    private static OdometerReading[] Bounded(IEnumerable<OdometerReading> readings) =>
        [.. readings.OrderBy(one => one.On).ThenBy(one => one.Kilometres).ThenBy(one => one.EntryId, StringComparer.Ordinal)
            .TakeLast(MostReadings)];

    private static string KeyOf(MemberId memberId, string vin) => Ids.Derived("", memberId, "drives", vin)[..12];
}
