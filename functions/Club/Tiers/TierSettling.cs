using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Tiers;

/// <summary>Gives every account its tier, and looks at it when the tier may have ended.</summary>
public sealed class TierSettling(IClubStore store, ClubCalendar calendar) : ISettles
{
    public Account Open(Programme programme, Account account, DateOnly today) =>
        account with { Tier = TierRules.Initial(programme, today) };

    /// <summary>A new version of the programme may look further back than the account kept dates for: the ledger has them.</summary>
    public async ValueTask<Account> Complete(Programme programme, Account account, CancellationToken cancellation) =>
        account.FoldedUntil is null || !TierRules.NeedsDates(programme, account.EarnedTier, account.FoldedUntil, calendar.Today)
            ? account
            : account with { Activity = ActivitySums.Of(ActivityRules.Of(await store.Entries(account, cancellation))), FoldedUntil = null };

    public void Join(Journal journal, Account other)
    {
        var account = journal.Account;
        journal.Account = account with
        {
            Activity = account.Activity.Plus(other.Activity),
            FoldedUntil = account.FoldedUntil > other.FoldedUntil ? account.FoldedUntil : other.FoldedUntil ?? account.FoldedUntil,
            Grant = GrantRules.Better(journal.Programme, account.Grant, other.Grant is { } grant
            ? grant with { From = journal.Today, Earned = account.EarnedTier } : null),
        };
        TierPosting.Settle(journal, "merged");
    }

    public void Review(Journal journal) => TierPosting.Review(journal);
}
