using Club.Ledger;

namespace Club.Tiers;

/// <summary>The tier sweep's decision about one account: requalified, in grace, or lower. Nothing changes before something is due.</summary>
public static class TierPosting
{
    public static void Review(Journal journal)
    {
        var account = journal.Account;
        if (account.TierDue is null || account.TierDue > journal.Today) return;
        var tier = TierRules.AtDue(journal.Programme, account.Tier, account.Activity, journal.Today);
        var activity = TierRules.Fold(journal.Programme, tier, account.Activity, journal.Today);
        if (tier.Code != account.Tier.Code) journal.Record(MemberEvent.TierChange(account, tier.Code, journal.RecordedAt, "review"));
        journal.Account = Due.Of(journal.Programme, account.With(tier) with { Activity = activity });
    }
}
