using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Value;

/// <summary>Keeps the sums of visits with the account, and says when a sweep must look at the class.</summary>
internal sealed class ValueSettling(IClubStore store, ClubCalendar calendar) : ISettles
{
    public Account Open(Programme programme, Account account, DateOnly today) =>
        programme.Value is { } terms ? account with { Visits = VisitRules.None(terms) } : account;

    /// <summary>Of what the version in force counts and the account did not, the ledger tells. While a merge is under way its entries
    /// stand there in part: it is summed up when that is done.</summary>
    public async ValueTask<Account> Complete(Programme programme, Account account, CancellationToken cancellation)
    {
        if (programme.Value is not { } terms || account.Visits?.Counts == terms.Counts || account.Absorbs is { Count: > 0 }) return account;
        var sums = account.Sequence == 0 ? VisitRules.None(terms) : VisitRules.Of(terms, await store.Entries(account, cancellation));
        return account with
        {
            Visits = account.Visits is { } stale ? stale with { Counts = sums.Counts, Months = sums.Months, Days = sums.Days } : sums,
        };
    }

    /// <summary>What two members had done by then is summed up from their one ledger.</summary>
    public void Join(Journal journal, Account other) => journal.Account = journal.Account with
    {
        Visits = journal.Account.Visits is { } sums ? VisitRules.Stale(sums) : null,
    };

    public Account Due(Programme programme, Account account)
    {
        if (programme.Value is not { } terms || account.Visits is not { } visits) return account;
        var due = DueOn(terms, visits, calendar.Today);
        return due == visits.DueOn && visits.By == terms.Fingerprint ? account
            : account with { Visits = visits with { DueOn = due, By = terms.Fingerprint } };
    }

    /// <summary>A class that is not told is told today, another spend tomorrow, with whatever comes until then.</summary>
    private static DateOnly? DueOn(ValueTerms terms, VisitSums visits, DateOnly today)
    {
        if (visits.IsClosed) return null;
        if (visits.Counts != terms.Counts) return today;
        var now = ClassRules.Judge(terms, visits, visits.Told?.Home, today);
        if (now?.Cell != visits.Told?.Cell) return today;
        return now is not null && now.Spend != visits.Told!.Spend ? today.AddDays(1) : now?.ChangesOn;
    }
}
