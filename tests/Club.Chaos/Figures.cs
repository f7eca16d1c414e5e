
namespace Club.Chaos;

/// <summary>What a part saw.</summary>
/// <param name="Faults">What must not be; empty when all is well.</param>
internal abstract record Report(string Scenario, IReadOnlyList<string> Faults);

/// <summary>What a part against the queue's port saw. The host runs in a process of its own; its memory is that of the process.</summary>
/// <param name="PartnerSent">Messages that a partner sent meanwhile, each over a connection of its own.</param>
internal sealed record Figures(
    string Scenario, int Connections, double Seconds, double MegabytesBefore, double MegabytesPeak, double MegabytesAfter, int PartnerSent,
    double PartnerSlowestMs, IReadOnlyList<string> Faults)
    : Report(Scenario, Faults);

/// <summary>What a host was found in that was killed again and again.</summary>
/// <param name="Kills">Of hosts that were ready; <paramref name="KilledStarting"/> counts those that were not yet.</param>
/// <param name="Accepted">Messages whose sender was told that they were accepted, each counted once.</param>
/// <param name="Redelivered">Messages that were sent again though they had been accepted.</param>
/// <param name="Lost">Accepted messages without an entry at rest, before everything was sent again.</param>
/// <param name="GivenUp">Of those, the ones that are among the dead letters: they were in delivery at ten kills.</param>
/// <param name="Twice">Messages with more than one entry after it.</param>
/// <param name="WrongBalances">Members whose points are not those of the model.</param>
/// <param name="Unreachable">Identities that lead to nobody, or to somebody else than the person's other ones.</param>
/// <param name="SmsLost">Occasions of the model without a line, and lines that the club does not know to be sent.</param>
/// <param name="SmsDoubled">Occasions with more than one line.</param>
/// <param name="Unfinished">What still waited at rest: messages parked or refused, and disputes.</param>
/// <param name="Differences">What <c>verify</c> names.</param>
internal sealed record KillFigures(
    string Scenario, int Seed, int Kills, int KilledStarting, double Seconds, int Persons, int Members, int Merged, int Accepted,
    int Redelivered, int Entries, int SmsLines, double SlowestStart,
    int Lost, int GivenUp, int Twice, int WrongBalances, int Unreachable, int SmsLost, int SmsDoubled, int Unfinished, int Differences,
    IReadOnlyList<string> Faults)
    : Report(Scenario, Faults);

/// <summary>What a host answered to hostile requests.</summary>
/// <param name="Statuses">How many answers had which status; <c>0</c>: the connection ended without one, as after a broken request it
/// may.</param>
internal sealed record HttpFigures(
    string Scenario, int Seed, int Requests, double Seconds, double RequestsPerSecond, SortedDictionary<int, int> Statuses,
    double MegabytesBefore, double MegabytesPeak, double MegabytesAfter, int HealthCalls, double HealthMedianMs, double HealthP99Ms,
    double HealthSlowestMs, IReadOnlyList<string> Faults)
    : Report(Scenario, Faults);
