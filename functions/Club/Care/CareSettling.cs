using Club.Ledger;
using Club.Programmes;

namespace Club.Care;

/// <summary>Says when care has something to tell about points or tier.</summary>
public sealed class CareSettling : ISettles
{
    public Account Due(Programme programme, Account account) => account with { CareDue = AccountCare.DueOn(programme, account) };
}
