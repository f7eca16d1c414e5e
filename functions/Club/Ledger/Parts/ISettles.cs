using Club.Programmes;

namespace Club.Ledger;

/// <summary>
/// What a feature has to say whenever an account is opened, looked at or stored. The ledger asks all that are registered and knows none of
/// them.
/// </summary>
public interface ISettles
{
    /// <summary>The account of a member for whom nothing was booked yet.</summary>
    Account Open(Programme programme, Account account, DateOnly today) => account;

    /// <summary>The account with all that the version in force asks of it; the ledger may have to be read for it.</summary>
    ValueTask<Account> Complete(Programme programme, Account account, CancellationToken cancellation) => ValueTask.FromResult(account);

    /// <summary>What the passing of time changes.</summary>
    void Review(Journal journal) { }

    /// <summary>Takes over what this feature keeps in the account of a member who turned out to be this one.</summary>
    void Join(Journal journal, Account other) { }

    /// <summary>The account with the next date on which a sweep must look at it for this feature.</summary>
    Account Due(Programme programme, Account account) => account;
}
