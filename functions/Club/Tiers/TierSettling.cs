using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Tiers;

/// <summary>Gives every account its tier, and looks at it when the tier may have ended.</summary>
public sealed class TierSettling(IClubStore store, ProgrammeVersions programmes, ClubCalendar calendar) : ISettles
{
    public Account Open(Programme programme, Account account, DateOnly today) => account with { Tier = TierRules.Initial(programme, today) };

    /// <summary>A new version of the programme may look further back than the account kept dates for: the ledger has them.</summary>
    public async ValueTask<Account> Complete(Account account, CancellationToken cancellation) =>
        account.FoldedUntil is null || !TierRules.NeedsDates(programmes.Current, account.EarnedTier, account.FoldedUntil, calendar.Today)
            ? account
            : account with { Activity = ActivitySums.Of(ActivityRules.Of(await store.Entries(account, cancellation))), FoldedUntil = null };

    public void Review(Journal journal) => TierPosting.Review(journal);
}
