using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Members;

/// <summary>
/// Forgets a person on her request. The profile goes first, in the commit that notes what she was known by; then each feature takes out
/// what it keeps; at last the keys are destroyed, and with them every copy and backup of what was sealed. The ledger stays, without the
/// person. What a crash leaves half done, the sweep ends.
/// </summary>
public sealed class EraseMember(IClubStore store, Profiles profiles, Membership membership, PersonKeys keys, ClubCalendar calendar,
    IEnumerable<IErases> parts) : IFinishes
{
    /// <summary>How the receipt counts the person herself.</summary>
    private const string ProfileCount = "profiles";

    public string DocumentId => Erasure.Id;

    /// <summary>The same request again is answered the same receipt.</summary>
    /// <param name="reason">Why; it must not tell of her.</param>
    public async Task<Outcome<Erasure>> Handle(MemberId memberId, string reason, Caller caller, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        memberId = await membership.Survivor(memberId, cancellation);
        if (await Read(memberId, cancellation) is not null) return await Carry(memberId, CancellationToken.None);
        if (await membership.Find(memberId, cancellation) is not { } profile) return Problem.NotFound($"Member \"{memberId}\"");
        var person = await Known(profile, cancellation);
        if (person.Names(profile.Name, reason))
            return ErasedPerson.MustNotName("$.reason");
        // What has begun is carried through, though the caller be gone.
        if (!await Begin(profile.MemberId, reason, caller, CancellationToken.None))
            return new Problem("merge-under-way", $"Member {profile.MemberId} is being merged. Try again.") { Kind = ProblemKind.Conflict };
        return await Carry(profile.MemberId, CancellationToken.None);
    }

    /// <summary>The receipt; null when nobody asked.</summary>
    public async ValueTask<Erasure?> Find(MemberId memberId, CancellationToken cancellation) =>
        (await Read(await membership.Survivor(memberId, cancellation), cancellation))?.Value;

    public Task Finish(Document half, CancellationToken cancellation) => Carry(half.As<Erasure>().MemberId, cancellation);

    private async Task<ErasedPerson> Known(Profile profile, CancellationToken cancellation)
    {
        var merged = new List<Profile>();
        foreach (var member in profile.MergedFrom)
            if (await store.Read<Profile>(member, Profile.Id, cancellation) is { } signpost) merged.Add(signpost.Value);
        return ErasedPerson.Of(profile, merged);
    }

    /// <summary>What the profile tells at the moment at which it goes is what is looked for.</summary>
    /// <returns>False while she is being merged.</returns>
    private Task<bool> Begin(MemberId memberId, string reason, Caller caller, CancellationToken cancellation) =>
        profiles.Change(memberId, async (profile, token) => (Person: profile is null ? null : await Known(profile, token),
            Account: await store.Read<Account>(memberId, Account.Id, token)), (draft, facts) =>
        {
            if (draft.Before?.Status == MemberStatus.Erased) return true;
            if (draft.Before is null || facts.Person is not { } person || draft.MemberId != memberId) return false;
            if (facts.Account is { Value: { MergeDue: not null } or { MergedInto: not null } or { Absorbs.Count: > 0 } }) return false;
            // A merge that begins at this moment meets another state of the account.
            if (facts.Account is { } account) draft.Attach(account.Value, account.ETag);
            draft.Become(Nobody(draft.Before, draft.Now), "erased", isConsentTold: true);
            draft.Attach(new Erasure
            {
                MemberId = memberId,
                RequestedAt = draft.Now,
                Author = caller.Member ?? caller.Author,
                Reason = reason,
                Members = person.Members,
                Person = person,
                FinishDue = calendar.DateOf(draft.Now),
                Erased = new Dictionary<string, int> { [ProfileCount] = 1 },
            });
            return true;
        }, cancellation);

    private Task<Erasure> Carry(MemberId memberId, CancellationToken cancellation) =>
        Retry.UntilDone<Erasure>($"The erasure of member {memberId}", async () =>
    {
        var stored = (await Read(memberId, cancellation))!;
        var erasure = stored.Value;
        if (erasure.DoneAt is not null) return erasure;
        if (erasure.Person is { } person)
        {
            var erased = new Dictionary<string, int>(erasure.Erased);
            foreach (var part in parts)
                if (await part.Erase(person, cancellation) is > 0 and var found)
                    erased[part.Name] = erased.GetValueOrDefault(part.Name) + found;
            await Keep(stored, erasure with { Person = null, Erased = erased }, cancellation);
            return Retry.Again;
        }
        foreach (var member in erasure.Members) await keys.Destroy(member, cancellation);
        // Somebody still reads a log in which the keys stand: the sweep comes again.
        if (!await keys.Purge(cancellation)) return erasure;
        var done = erasure with { DoneAt = calendar.Now, FinishDue = null };
        return await Keep(stored, done, cancellation) ? done : Retry.Again;
    }, cancellation);

    private ValueTask<Stored<Erasure>?> Read(MemberId memberId, CancellationToken cancellation) =>
        store.Read<Erasure>(memberId, Erasure.Id, cancellation);

    private async Task<bool> Keep(Stored<Erasure> before, Erasure after, CancellationToken cancellation) =>
        await store.Commit(after.MemberId, [after.ToReplace(before.ETag)], cancellation) is CommitResult.Written;

    /// <summary>Where she was, and when she came, so that sums stay; nothing that leads to her.</summary>
    private static Profile Nobody(Profile profile, DateTimeOffset now) => new()
    {
        MemberId = profile.MemberId,
        CardNumber = "",
        Status = MemberStatus.Erased,
        DealerId = profile.DealerId,
        JoinedAt = profile.JoinedAt,
        JoinedFrom = profile.JoinedFrom,
        ActedAt = profile.ActedAt > now ? profile.ActedAt : now,
        MergedFrom = profile.MergedFrom,
    };
}
