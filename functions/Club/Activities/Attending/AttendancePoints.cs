using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Transactions;

namespace Club.Activities;

/// <summary>Books what coming to an activity earns, by the rule book, once.</summary>
public sealed class AttendancePoints(OwnTransactions transactions, MemberLedger entries, SignUpLedger ledger, Places places,
    ProgrammeLibrary library, ClubCalendar calendar)
{
    /// <summary>Safe to repeat: the booking has a key that follows from the sign-up.</summary>
    public async Task<SignUp> Book(SignUp one, ClubActivity activity, CancellationToken cancellation)
    {
        if (one.State != SignUpState.Attended || one.IsBooked) return one;
        // Who brings fewer guests than she said leaves places to others.
        await places.Occupy(one, cancellation);
        var receipt = await transactions.Record(one.MemberId, SignUpRules.Attendance(one, activity, calendar), cancellation);
        var earned = await Earned(one, cancellation);
        var reason = receipt.Fate == Fate.Rejected ? receipt.Problem?.Code : null;
        return await ledger.Change(one, now => now.Cause == one.Cause && !now.IsBooked
            ? now with { IsBooked = true, Points = earned, Reason = reason } : now, cancellation) ?? one;
    }

    /// <summary>Takes back what a second sign-up of the same person earned.</summary>
    public Task TakeBack(SignUp second, MemberId member, CancellationToken cancellation) => transactions.Reverse(member,
        new Reversal(SignUpRules.Source, $"{second.Cause}/merged", second.CheckedInAt!.Value, calendar.DateOf(second.CheckedInAt!.Value),
            second.Cause, null, null), cancellation);

    private async Task<IReadOnlyList<Earned>> Earned(SignUp one, CancellationToken cancellation)
    {
        var programme = (await library.Now(cancellation)).Current;
        var earned = new List<Earned>();
        foreach (var wallet in programme.Wallets)
            if (await entries.FindEntry(one.MemberId, Entry.IdOf(SignUpRules.Source, one.Cause, wallet == programme.DefaultWallet ? null
                : wallet.Code), cancellation) is { Points.IsZero: false, Points: var points })
                earned.Add(new Earned(wallet.Code, points));
        return earned;
    }
}
