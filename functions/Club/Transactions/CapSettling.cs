using Club.Earning;
using Club.Ledger;

namespace Club.Transactions;

/// <summary>What two members used of the caps counts once they are one.</summary>
internal sealed class CapSettling : ISettles
{
    public void Join(Journal journal, Account other) =>
        journal.Account = journal.Account with { Counters = CapRules.Join(journal.Account.Counters, other.Counters) };
}
