using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Store;

namespace Club.Members;

/// <summary>
/// Corrects what the club knows of a person, on her word. A form only fills gaps; this puts another in place of what was. A phone is also a
/// way to find her: that it is to be hers is noted, then it is claimed, then the profile changes, then the old one is let go. What a crash
/// leaves of that, the sweep ends.
/// </summary>
public sealed class CorrectMember(Profiles profiles, Membership membership, Claims claims, ClubCalendar calendar) : IFinishes
{
    /// <summary>Longer than any correction takes.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    public string DocumentId => Profile.Id;

    public Outcome<Correction> Read(JsonFields body) => Correction.Read(body, calendar.Today);

    /// <returns>Problems: <c>not-found</c>, also for who is shown masked; <c>denied</c> when she changes her own phone, of which the
    /// website must convince itself; <c>identity-taken</c>.</returns>
    public async Task<Outcome<Profile>> Handle(MemberId memberId, Correction correction, Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { IsMasked: false, Profile: var seen })
            return Problem.NotFound($"Member \"{memberId}\"");
        if (correction.Phone is not null && caller.Member is not null)
            return new Problem("denied", "Staff change a phone once it is sure that it is hers.") { Kind = ProblemKind.Denied };
        if (correction.Phone?.E164 is not { } phone || phone == seen.Phone)
            return await profiles.Change(seen.MemberId, draft => Decide(draft, correction, caller), cancellation);
        // What has begun is carried through, though the caller be gone.
        var corrected = await ChangePhone(seen.MemberId, phone, correction, caller, CancellationToken.None);
        await LetGo(seen.MemberId, phone, CancellationToken.None);
        return corrected;
    }

    /// <summary>Ends what a crash left: numbers that were hers, and those that were to become hers and did not.</summary>
    public Task Finish(Document half, CancellationToken cancellation) => LetGo(new MemberId(half.Partition), null, cancellation);

    private async Task<Outcome<Profile>> ChangePhone(MemberId memberId, string phone, Correction correction, Caller caller,
        CancellationToken cancellation)
    {
        var isNoted = await profiles.Change(memberId, draft =>
        {
            if (draft.Before is not { IsPersonal: true } before) return false;
            draft.Become(before with { LoosePhones = [.. Without(before.LoosePhones, phone), new LoosePhone(phone, draft.Now, true)] }, "staff");
            return true;
        }, cancellation);
        if (!isNoted) return Problem.NotFound($"Member \"{memberId}\"");
        while (true)
        {
            if (await Take(phone, memberId, cancellation) is { } taken) return taken;
            var corrected = await profiles.Change(memberId, draft => Decide(draft, correction, caller), cancellation);
            if (corrected.Problem is { } gone)
            {
                await claims.Release(PersonIdentity.Parse(IdentityKind.Phone, phone).Value, [memberId], cancellation);
                return gone;
            }
            // Another correction may have let the number go in between.
            if (await Leads(phone, memberId, cancellation) || corrected.Value.Phone != phone) return corrected;
        }
    }

    private Task<Problem?> Take(string phone, MemberId memberId, CancellationToken cancellation) =>
        Retry.UntilDone<Problem?>("A claim", async () =>
    {
        var found = await claims.Find(PersonIdentity.Parse(IdentityKind.Phone, phone).Value, cancellation);
        if (found.MemberId == memberId) return (Problem?)null;
        if (found.MemberId is { } other && !await membership.IsErased(other, cancellation))
            return new Problem("identity-taken", "$.phone: it leads to another member.", "$.phone") { Kind = ProblemKind.Conflict };
        // Nothing is booked for her by it until it is hers: she may be forgotten at this moment.
        return await claims.Take(found, memberId, cancellation, isSure: false) ? (Problem?)null : Retry.Again;
    }, cancellation);

    private async ValueTask<bool> Leads(string phone, MemberId memberId, CancellationToken cancellation) =>
        (await claims.Find(PersonIdentity.Parse(IdentityKind.Phone, phone).Value, cancellation)).MemberId == memberId;

    private static Outcome<Profile> Decide(ProfileDraft draft, Correction correction, Caller caller)
    {
        if (draft.Before is not { IsPersonal: true } before) return Problem.NotFound($"Member \"{draft.MemberId}\"");
        var after = correction.Apply(before);
        if (correction.Phone?.E164 is { } phone && phone != before.Phone)
            after = after with
            {
                Phone = phone,
                DisputedPhone = before.DisputedPhone == phone ? null : before.DisputedPhone,
                Status = MemberStatus.Member,
                // The new one stands there until its claim is confirmed.
                LoosePhones = before.Phone is { } old
                    ? [.. Without(before.LoosePhones, old), new LoosePhone(old, draft.Now, IsPending: false)] : before.LoosePhones,
                EarlierPhones = before.Phone is { } earlier && !before.EarlierPhones.Contains(earlier)
                    ? [.. before.EarlierPhones, earlier] : before.EarlierPhones,
            };
        // Herself she shows that she is here.
        if (caller.Member is not null && before.Status is MemberStatus.Member or MemberStatus.Lapsed)
            after = after with { Status = MemberStatus.Member, SeenOn = draft.Today };
        draft.Become(after, caller.Member is null ? "staff" : "member");
        return after;
    }

    /// <summary>Releases what leads here and is not hers, then notes that it is done.</summary>
    /// <param name="own">The number of the correction that ends here; those of others that are under way stay.</param>
    private async Task LetGo(MemberId memberId, string? own, CancellationToken cancellation)
    {
        bool IsOver(LoosePhone loose, Profile profile) => loose.Phone != profile.Phone
            && (!loose.IsPending || loose.Phone == own || loose.Since + Abandoned < calendar.Now);
        var over = await profiles.Change(memberId, draft =>
            draft.Before is { } before ? before.LoosePhones.Where(loose => IsOver(loose, before)).ToArray() : [], cancellation);
        await Confirm(memberId, cancellation);
        foreach (var loose in over)
            await claims.Release(PersonIdentity.Parse(IdentityKind.Phone, loose.Phone).Value, [memberId], cancellation);
        await profiles.Change(memberId, draft =>
        {
            if (draft.Before is not { IsPersonal: true, LoosePhones.Count: > 0 } before) return false;
            var left = before.LoosePhones.Where(loose => !over.Contains(loose) && loose.Phone != before.Phone);
            draft.Become(before with { LoosePhones = [.. left] }, "staff");
            return true;
        }, cancellation);
    }

    /// <summary>What waits for her number is hers from now on.</summary>
    private async Task Confirm(MemberId memberId, CancellationToken cancellation)
    {
        if ((await membership.Find(memberId, cancellation))?.Phone is not { } phone) return;
        var found = await claims.Find(PersonIdentity.Parse(IdentityKind.Phone, phone).Value, cancellation);
        if (found.MemberId == memberId) await claims.Confirm(found, cancellation);
    }

    private static IReadOnlyList<LoosePhone> Without(IReadOnlyList<LoosePhone> phones, string phone) =>
        [.. phones.Where(loose => loose.Phone != phone)];
}
