using Club.Care;
using Club.Programmes;
using Club.Tiers;

namespace Club.Ledger;

/// <summary>The next dates on which a sweep must look at an account, so that a sweep costs what is due.</summary>
public static class Due
{
    public static Account Of(Programme programme, Account account) => account with
    {
        TierDue = Earlier(Earlier(TierRules.DueOn(account.EarnedTier), account.Grant?.Until.AddDays(1)), account.TierAhead),
        CareDue = AccountCare.DueOn(programme, account),
    };

    private static DateOnly? Earlier(DateOnly? a, DateOnly? b) => a is null || b < a ? b : a;
}
