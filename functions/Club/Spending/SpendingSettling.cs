using Club.Ledger;
using Club.Programmes;

namespace Club.Spending;

/// <summary>What spending keeps in an account.</summary>
internal sealed class SpendingSettling : ISettles
{
    /// <summary>Holds whose time is over keep nothing any more, whether or not a sweep came by.</summary>
    public void Review(Journal journal)
    {
        foreach (var hold in (journal.Account.Holds ?? []).Where(hold => RedeemRules.IsOver(hold, journal.RecordedAt)).ToArray())
            journal.Account = journal.Account.Without(hold);
    }

    public void Join(Journal journal, Account other)
    {
        foreach (var hold in other.Holds ?? []) journal.Account = journal.Account.With(hold);
        journal.Account = journal.Account with
        {
            Overdrafts = OverdraftRules.Join(journal.Account.Overdrafts, other.Overdrafts),
            Spent = SpentRules.Join(journal.Account.Spent, other.Spent),
        };
    }

    public Account Due(Programme programme, Account account) => OverdraftRules.Settled(account);
}
