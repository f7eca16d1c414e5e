using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Members;

/// <summary>What a feature has to say whenever a profile is stored; registered by the feature.</summary>
public interface ISettlesProfile
{
    /// <summary>The profile with the next date on which a sweep must look at it for this feature.</summary>
    Profile Due(Programme programme, Profile profile, DateOnly today);
}

/// <summary>One decision about one profile. Nothing is stored until the whole is committed.</summary>
/// <param name="met">The ids of documents that another writer created first, when this is decided again.</param>
public sealed class ProfileDraft(MemberId memberId, Profile? before, string? etag, DateTimeOffset now, DateOnly today,
    IReadOnlySet<string> met)
{
    private readonly List<Write> _writes = [];

    /// <summary>When it is decided.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The business date of that.</summary>
    public DateOnly Today { get; } = today;

    /// <summary>The member whose profile it is, wherever merges led.</summary>
    public MemberId MemberId { get; } = memberId;

    /// <summary>Null when there is none yet.</summary>
    public Profile? Before { get; } = before;

    public Profile? After { get; private set; } = before;

    public IReadOnlyList<Write> Writes => _writes;

    /// <summary>Whether the document was there before: another delivery or another writer created it.</summary>
    public bool Met(string id) => met.Contains(id);

    /// <summary>The profile becomes this. Whether somebody came, left or returned with it is told by an event in the same commit.</summary>
    /// <param name="reason">From where the club knows.</param>
    /// <param name="isConsentTold">Whoever decides attaches an event of the consent of its own.</param>
    public void Become(Profile after, string reason, bool isConsentTold = false)
    {
        After = after = LapseRules.Here(Before, after, Today);
        if (!isConsentTold && after.Consents.Sms != Before?.Consents.Sms)
            Attach(MemberActs.Consented(after, etag ?? MemberId, Now, reason));
        if (Before is not null && MemberActs.Changed(Before, after, etag!, Now, reason) is { } changed) Attach(changed);
        if (Before is null)
        {
            Attach(MemberActs.Joined(after, Now, reason));
            if (after.Status == MemberStatus.Left) Attach(MemberActs.Left(after, Ids.Derived("v", "left", MemberId), reason));
        }
        else if (MemberActs.Between(Before, after, etag!, Now, reason) is { } act) Attach(act);
    }

    /// <summary>A further document of the member's partition that is created together with the profile.</summary>
    public void Attach<T>(T document) where T : class, IStored<T> => _writes.Add(document.ToCreate());

    /// <summary>A further document of the partition that must still be as it was read, and becomes this.</summary>
    public void Attach<T>(T document, string etag) where T : class, IStored<T> => _writes.Add(document.ToReplace(etag));
}

/// <summary>
/// The one writer of profiles: loads, gathers, lets a decision work on it, commits; all of it again when somebody else wrote first. Writers
/// of one member take turns within this process.
/// </summary>
public sealed class Profiles(IClubStore store, ProgrammeLibrary library, ClubCalendar calendar, MemberGate gate,
    IEnumerable<ISettlesProfile> settlers)
{
    private readonly ISettlesProfile[] _settlers = [.. settlers];

    /// <summary>Changes the profile of the member, or of the one into whom that one was merged.</summary>
    /// <param name="gather">Reads what the decision needs besides the profile.</param>
    /// <param name="decide">Pure; it may run several times, each time on a fresh profile, and leaves the draft as it is when nothing is to
    /// change.</param>
    /// <exception cref="StoreException">Too many conflicts: whoever asked tries again.</exception>
    public async Task<T> Change<TFacts, T>(
        MemberId memberId, Func<Profile?, CancellationToken, ValueTask<TFacts>> gather, Func<ProfileDraft, TFacts, T> decide,
        CancellationToken cancellation)
    {
        for (var signpost = 0; signpost < MemberLedger.MostSignposts; signpost++)
        {
            using var turn = await gate.Enter(memberId, cancellation);
            var (isDone, answer, survivor) = await ChangeOne(memberId, gather, decide, cancellation);
            if (isDone) return answer!;
            memberId = survivor!.Value;
        }
        throw new StoreException($"Member {memberId} was merged in a circle.");
    }

    /// <summary>The same for what the profile alone decides.</summary>
    public Task<T> Change<T>(MemberId memberId, Func<ProfileDraft, T> decide, CancellationToken cancellation) =>
        Change(memberId, static (_, _) => ValueTask.FromResult(true), (draft, _) => decide(draft), cancellation);

    private Task<(bool IsDone, T? Answer, MemberId? Survivor)> ChangeOne<TFacts, T>(
        MemberId memberId, Func<Profile?, CancellationToken, ValueTask<TFacts>> gather, Func<ProfileDraft, TFacts, T> decide,
        CancellationToken cancellation)
    {
        var met = new HashSet<string>();
        return Retry.UntilDone<(bool, T?, MemberId?)>($"The profile of member {memberId}", async () =>
        {
            var rules = await library.Now(cancellation);
            var stored = await store.Read<Profile>(memberId, Profile.Id, cancellation);
            if (stored?.Value.MergedInto is { } survivor) return (false, default, survivor);
            var draft = new ProfileDraft(memberId, stored?.Value, stored?.ETag, calendar.Now, rules.Today, met);
            var answer = decide(draft, await gather(stored?.Value, cancellation));
            if (draft.After is not { } after) return (true, answer, null);
            foreach (var settler in _settlers) after = settler.Due(rules.Current, after, rules.Today);
            if (draft.Writes.Count == 0 && ProfileRules.Same(draft.Before, after)) return (true, answer, null);
            var result = await store.Commit(memberId, [.. draft.Writes, after.ToWrite(stored?.ETag)], cancellation);
            if (result is CommitResult.Written) return (true, answer, null);
            if (result is CommitResult.Exists exists) met.UnionWith(exists.Ids.Where(id => id != Profile.Id));
            return Retry.Again;
        }, cancellation);
    }
}
