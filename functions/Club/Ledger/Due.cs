using Club.Care;
using Club.Programmes;
using Club.Tiers;

namespace Club.Ledger;

/// <summary>The next dates on which a sweep must look at an account, so that a sweep costs what is due.</summary>
public static class Due
{
    public static Account Of(Programme programme, Account account) => account with
    {
        TierDue = TierRules.DueOn(account.Tier),
        CareDue = AccountCare.DueOn(programme, account),
    };
}
