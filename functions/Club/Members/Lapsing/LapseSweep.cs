using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Members;

/// <summary>
/// Ends the membership of whoever was not seen for as long as the rules of the day say. The key tells when she was last seen as far as the
/// profile knows; whoever is found by it and was active since is found again when that is as long ago.
/// </summary>
public sealed class LapseSweep(IClubStore store, MemberLedger ledger, ProgrammeLibrary library, ClubCalendar calendar) : ISweep
{
    public const string Word = "lapse";

    public string Name => Word;

    public async ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation) =>
        (await library.Now(cancellation)) is { Current.LapsesAfterMonths: { } months, Today: var today }
            ? [new DueQuery(DueIndex.Lapse, IndexKeys.Date(Months.LastOver(today, months)))] : [];

    /// <summary>Profile and account change in one commit: what is booked at this moment is seen, or sees that she has lapsed.</summary>
    public Task Handle(Document due, CancellationToken cancellation) =>
        ledger.Change(new MemberId(due.Partition), Gather, Decide, cancellation);

    private sealed record Facts(Stored<Profile>? Profile, DateOnly? ActiveOn);

    private async ValueTask<Facts> Gather(Journal journal, CancellationToken cancellation)
    {
        var account = journal.Account;
        var profile = await store.Read<Profile>(account.MemberId, Profile.Id, cancellation);
        return new Facts(profile, account is { ActiveOn: null, Sequence: > 0 }
            ? ActivityRules.ActiveOn(await store.Entries(account, cancellation)) : account.ActiveOn);
    }

    private bool Decide(Journal journal, Facts facts)
    {
        // Who is being merged is looked at when that is done.
        if (facts.Profile is not { Value: { Status: MemberStatus.Member } member, ETag: var etag }
            || journal.Account.Absorbs is { Count: > 0 })
            return false;
        var seen = LapseRules.Later(LapseRules.Later(member.SeenOn ?? calendar.DateOf(member.JoinedAt), facts.ActiveOn),
            calendar.DateOf(member.ActedAt ?? member.JoinedAt))!.Value;
        if (!LapseRules.IsQuiet(seen, journal.Programme.LapsesAfterMonths, journal.Today))
        {
            if (seen > LapseRules.Seen(member)) journal.Attach(member with { SeenOn = seen }, etag);
            return false;
        }
        var lapsed = LapseRules.Lapse(member, journal.RecordedAt);
        journal.Attach(lapsed, etag);
        journal.Record(LapseRules.Lapsed(lapsed, etag));
        journal.Account = journal.Account with { Lapsed = true };
        return true;
    }
}
