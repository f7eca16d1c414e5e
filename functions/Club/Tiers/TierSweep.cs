using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Tiers;

/// <summary>Judges tiers whose time is over, and those that the version in force no longer has.</summary>
public sealed class TierSweep(MemberLedger ledger, ProgrammeVersions programmes, ClubCalendar calendar) : ISweep
{
    public const string Word = "tiers";

    public string Name => Word;

    public IEnumerable<DueQuery> Due() =>
    [
        new DueQuery(DueIndex.Tier, IndexKeys.Date(calendar.Today)),
        // Whoever holds a tier that the version in force does not have is due, whatever the date.
        .. programmes.All.SelectMany(version => version.Programme.Tiers).Select(tier => tier.Code).Except(programmes.Current.Tiers.Select(tier => tier.Code))
            .Select(tier => new DueQuery(Account.TierIndex, tier, tier)),
    ];

    public Task Handle(Document due, CancellationToken cancellation) => ledger.Change(due, TierPosting.Review, cancellation);
}
