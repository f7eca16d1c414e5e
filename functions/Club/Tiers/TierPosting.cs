using Club.Ledger;

namespace Club.Tiers;

/// <summary>What becomes of an account's tier: every change of it is an event.</summary>
public static class TierPosting
{
    /// <summary>The tier sweep's decision about one account: requalified, in grace, lower, or back from a grant. Nothing changes before something is due.</summary>
    public static void Review(Journal journal)
    {
        var account = journal.Account;
        if (!(account.TierDue <= journal.Today) && !HoldsLostTier(journal)) return;
        var earned = TierRules.AtDue(journal.Programme, account.EarnedTier, account.Activity, journal.Today);
        Hold(journal, earned, account.Grant?.Until < journal.Today ? "grant-ended" : "review");
    }

    /// <summary>Puts a grant in force, or one that is over out of it. What is earned stays underneath.</summary>
    public static void Grant(Journal journal, TierGrant grant, string reason)
    {
        var account = journal.Account;
        journal.Account = account with { Grant = grant with { Earned = account.EarnedTier } };
        Hold(journal, TierRules.AtDue(journal.Programme, account.EarnedTier, account.Activity, journal.Today), reason);
    }

    /// <summary>Sets the tier to what is earned, or granted above it, and says when somebody must look at the account next.</summary>
    public static void Hold(Journal journal, TierState earned, string reason)
    {
        var account = journal.Account;
        var held = GrantRules.Held(journal.Programme, account.Tier, earned, account.Grant, journal.Today);
        if (held.Code != account.Tier.Code) journal.Record(MemberEvent.TierChange(account, held.Code, journal.RecordedAt, reason));
        journal.Account = Due.Of(journal.Programme, account.With(held) with
        {
            Grant = GrantRules.Kept(journal.Programme, earned, account.Grant, journal.Today),
            Activity = TierRules.Fold(journal.Programme, earned, account.Activity, journal.Today),
            FoldedUntil = TierRules.FoldedUntil(journal.Programme, earned, account.Activity, journal.Today, account.FoldedUntil),
        });
    }

    /// <summary>A tier that the version in force no longer has.</summary>
    private static bool HoldsLostTier(Journal journal) =>
        journal.Programme.FindTier(journal.Account.Tier.Code) is null || journal.Programme.FindTier(journal.Account.EarnedTier.Code) is null;
}
