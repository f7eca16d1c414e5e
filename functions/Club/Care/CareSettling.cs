using Club.Ledger;
using Club.Members;
using Club.Programmes;

namespace Club.Care;

/// <summary>Says when care has something to tell about points, tier or person.</summary>
public sealed class CareSettling : ISettles, ISettlesProfile
{
    /// <summary>What either was warned of was said to her.</summary>
    public void Join(Journal journal, Account other)
    {
        if (other.InsuredOn is { } insured && !(journal.Account.InsuredOn >= insured))
            journal.Account = journal.Account with { InsuredOn = insured };
        journal.Account = MileageRules.Together(journal.Account, other);
        if (other.Announced is not { Count: > 0 } told) return;
        var known = journal.Account.Announced ?? [];
        journal.Account = journal.Account with { Announced = [.. known.Concat(told).GroupBy(one => (one.Occasion, one.On, one.DaysBefore))
            .Select(AccountCare.Together)] };
    }

    public Profile Due(Programme programme, Profile profile, DateOnly today) =>
        profile with { CareDue = MemberCare.DueOn(programme, profile, today, isByAnyPlan: true) };

    public Account Due(Programme programme, Account account) =>
        account with { CareDue = AccountCare.DueOn(programme, account, isByAnyPlan: true) };
}
