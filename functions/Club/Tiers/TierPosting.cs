using Club.Ledger;

namespace Club.Tiers;

/// <summary>What becomes of an account's tier: every change of it is an event.</summary>
public static class TierPosting
{
    /// <summary>The tier sweep's decision about one account: requalified, in grace, lower, or back from a grant. Nothing changes before
    /// something is due.</summary>
    public static void Review(Journal journal)
    {
        var account = journal.Account;
        if (!(account.TierDue <= journal.Today) && !HoldsLostTier(journal)) return;
        var reason = account.TierAhead <= journal.Today ? "earned" : account.Grant?.Until < journal.Today ? "grant-ended" : "review";
        Hold(journal, TierRules.AtDue(journal.Programme, Known(journal), account.Activity, journal.Today), reason);
    }

    /// <summary>Puts a grant in force, or one that is over out of it. What is earned stays underneath.</summary>
    public static void Grant(Journal journal, TierGrant grant, string reason)
    {
        var account = journal.Account;
        journal.Account = account with { Grant = grant with { Earned = account.EarnedTier } };
        Hold(journal, TierRules.AtDue(journal.Programme, Known(journal), account.Activity, journal.Today), reason);
    }

    /// <summary>After any change of activity: the tier rises at once, and the account says when somebody must look at it next.</summary>
    public static void Settle(Journal journal, string reason) =>
        Hold(journal, TierRules.AfterActivity(journal.Programme, Known(journal), journal.Account.Activity, journal.Today), reason);

    /// <summary>The tier by the rules, once what was dated ahead has come about on its day.</summary>
    private static TierState Known(Journal journal)
    {
        var account = journal.Account;
        return account.TierAhead is { } day && day <= journal.Today
            ? TierRules.AfterActivity(journal.Programme, account.EarnedTier, account.Activity, day) : account.EarnedTier;
    }

    /// <summary>Sets the tier to what is earned, or granted above it, and says when somebody must look at the account next.</summary>
    public static void Hold(Journal journal, TierState earned, string reason)
    {
        var account = journal.Account;
        var held = GrantRules.Held(journal.Programme, account.Tier, earned, account.Grant, journal.Today);
        if (held.Code != account.Tier.Code) journal.Record(MemberEvent.TierChange(account, held.Code, journal.RecordedAt, reason));
        var after = account.With(held) with
        {
            TierAhead = account.Activity.FirstAfter(journal.Today),
            Grant = GrantRules.Kept(journal.Programme, earned, account.Grant, journal.Today),
            Activity = TierRules.Fold(journal.Programme, earned, account.Activity, journal.Today),
            FoldedUntil = TierRules.FoldedUntil(journal.Programme, earned, account.Activity, journal.Today, account.FoldedUntil),
        };
        journal.Account = after with { TierDue = Earlier(Earlier(TierRules.DueOn(after.EarnedTier), after.Grant?.Until.AddDays(1)),
            after.TierAhead) };
    }

    private static DateOnly? Earlier(DateOnly? a, DateOnly? b) => a is null || b < a ? b : a;

    /// <summary>A tier that the version in force no longer has.</summary>
    private static bool HoldsLostTier(Journal journal) =>
        journal.Programme.FindTier(journal.Account.Tier.Code) is null
            || journal.Programme.FindTier(journal.Account.EarnedTier.Code) is null;
}
