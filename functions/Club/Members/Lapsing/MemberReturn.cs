using Club.Ledger;
using Club.Store;

namespace Club.Members;

/// <summary>Makes somebody who had lapsed a member again by what is booked for her, in the commit that books it.</summary>
public sealed class MemberReturn(IClubStore store, IEnumerable<ISettlesProfile> settlers)
{
    private readonly ISettlesProfile[] _settlers = [.. settlers];

    /// <summary>Read only of whom the account says that she may have lapsed.</summary>
    public async ValueTask<Stored<Profile>?> Gather(Journal journal, CancellationToken cancellation) =>
        journal.Account.Lapsed is true ? await store.Read<Profile>(journal.Account.MemberId, Profile.Id, cancellation) : null;

    /// <summary>After the entries are posted. What happened so long ago that she would lapse again brings nobody back.</summary>
    public void Decide(Journal journal, Stored<Profile>? stored)
    {
        if (stored is not { Value: var profile, ETag: var etag } || ActivityRules.ActiveOn(journal.Entries) is not { } on) return;
        if (profile.Status == MemberStatus.Lapsed)
        {
            if (LapseRules.IsQuiet(on, journal.Programme.LapsesAfterMonths, journal.Today)) return;
            // What is told late says when she was here.
            var after = LapseRules.Here(profile, profile with { Status = MemberStatus.Member }, journal.Today) with
            {
                SeenOn = LapseRules.Later(LapseRules.Seen(profile), on),
            };
            foreach (var settler in _settlers) after = settler.Due(journal.Programme, after, journal.Today);
            journal.Attach(after, etag);
            journal.Record(MemberActs.Between(profile, after, etag, journal.RecordedAt, "transaction")!);
        }
        // She came back by a form, say, or left.
        journal.Account = journal.Account with { Lapsed = null };
    }
}
