using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Tiers;

/// <summary>Judges tiers whose time is over, and those that the version in force no longer has.</summary>
public sealed class TierSweep(MemberLedger ledger, ProgrammeLibrary library, ClubCalendar calendar) : ISweep
{
    public const string Word = "tiers";

    public string Name => Word;

    public async ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation)
    {
        var rules = await library.Now(cancellation);
        // Whoever holds a tier that the version in force does not have is due, whatever the date.
        var dropped = rules.All.SelectMany(version => version.Programme.Tiers).Select(tier => tier.Code)
            .Except(rules.Current.Tiers.Select(tier => tier.Code));
        return [new DueQuery(DueIndex.Tier, IndexKeys.Date(calendar.Today)),
            .. dropped.Select(tier => new DueQuery(Account.TierIndex, tier, tier))];
    }

    public Task Handle(Document due, CancellationToken cancellation) => ledger.Change(due, TierPosting.Review, cancellation);
}
