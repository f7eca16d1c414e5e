using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;

namespace Club.Value;

/// <summary>
/// Tells profile and reports of a class that is another one: by a visit, by time, by a transfer, or by other terms of the rule book. What
/// rules and answers need is judged by the account at that moment and waits for no sweep.
/// </summary>
public sealed class ClassSweep(IClubStore store, MemberLedger ledger, ProgrammeLibrary library) : ISweep
{
    public const string Word = "value";

    public string Name => Word;

    public async ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation)
    {
        var rules = await library.Now(cancellation);
        var now = rules.Current.Value?.Fingerprint;
        // Whoever was judged by other terms is due, whatever the date.
        var due = rules.All.Select(version => version.Programme.Value?.Fingerprint).OfType<string>().Distinct()
            .Where(terms => terms != now).Select(terms => JudgedBy(terms, DateOnly.MaxValue));
        return now is null ? [.. due]
            : [JudgedBy(now, rules.Today), .. due, new DueQuery(DueIndex.Value, Account.Unjudged, Account.Unjudged)];
    }

    private static DueQuery JudgedBy(string terms, DateOnly until) =>
        new(DueIndex.Value, Account.ValueKey(terms, until), Account.ValueKey(terms, DateOnly.MinValue));

    /// <summary>Profile, account and event change in one commit.</summary>
    public Task Handle(Document due, CancellationToken cancellation) => due.Id == Account.Id
        ? ledger.Change(due, Gather, Decide, cancellation) : ledger.Change(new MemberId(due.Partition), Gather, Decide, cancellation);

    private ValueTask<Stored<Profile>?> Gather(Journal journal, CancellationToken cancellation) =>
        store.Read<Profile>(journal.Account.MemberId, Profile.Id, cancellation);

    private static bool Decide(Journal journal, Stored<Profile>? stored)
    {
        // Who is being merged is judged when that is done; of whom there is no profile yet, once there is.
        if (journal.Account is not { Visits: { } visits, Absorbs: not { Count: > 0 } }) return false;
        if (stored is not { Value: var profile, ETag: var etag }) return false;
        var standing = journal.Programme.Value is { } terms && profile.IsPersonal
            ? ClassRules.Judge(terms, visits, profile.DealerId, journal.Today) : null;
        var told = Tell(visits.Told, standing, profile, journal.Today);
        var classed = profile with
        {
            ValueClass = standing?.Value, LoyaltyClass = standing?.Loyalty, ClassedAt = standing is null ? null : profile.DealerId,
        };
        if (profile.IsPersonal && classed != profile) journal.Attach(classed, etag);
        if (told is not null && told != visits.Told) journal.Record(Happened(journal, visits.Told, told));
        journal.Account = journal.Account with
        {
            Visits = journal.Programme.Value is null ? null : visits with { Told = told, IsClosed = !profile.IsPersonal },
        };
        return true;
    }

    /// <summary>What is told from now on; the same as before when nothing is new.</summary>
    private static ClassTold? Tell(ClassTold? before, Standing? now, Profile profile, DateOnly today)
    {
        if (now is null && before?.Cell is null) return before;
        var after = new ClassTold(now?.Cell, now is null ? null : profile.DealerId, now?.Spend ?? Money.Zero,
            now?.Cell == before?.Cell ? before!.Since : today, before?.Number ?? 0);
        return after == before ? before : after with { Number = after.Number + 1 };
    }

    private static MemberEvent Happened(Journal journal, ClassTold? before, ClassTold after) => new()
    {
        Id = Ids.Derived("v", journal.Account.MemberId, "class", $"{after.Number}"),
        MemberId = journal.Account.MemberId,
        Kind = MemberEventKind.ClassChanged,
        At = journal.RecordedAt,
        From = before?.Cell,
        To = after.Cell,
        DealerId = after.Home,
        Spend = after.Spend,
        Number = after.Number,
    };
}
