using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Store;

namespace Club.Members;

/// <summary>
/// Corrects what the club knows of a person, on her word. A form only fills gaps; this puts another in place of what was. A phone is also a
/// way to find her: the new one is claimed first, then the profile changes, then the old one is let go; what a crash leaves of that, the
/// sweep ends.
/// </summary>
public sealed class CorrectMember(Profiles profiles, Membership membership, Claims claims, ClubCalendar calendar) : IFinishes
{
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
        if (correction.Phone is { } phone && phone.E164 != seen.Phone
            && await Take(phone, seen.MemberId, cancellation) is { } taken) return taken;
        var corrected = await profiles.Change(seen.MemberId, draft => Decide(draft, correction, caller), cancellation);
        if (corrected.Problem is not null || corrected.Value.FormerPhone is null) return corrected;
        await LetGo(corrected.Value.MemberId, CancellationToken.None);
        return corrected.Value with { FormerPhone = null };
    }

    public Task Finish(Document half, CancellationToken cancellation) => LetGo(new MemberId(half.Partition), cancellation);

    private Task<Problem?> Take(PhoneNumber phone, MemberId memberId, CancellationToken cancellation) =>
        Retry.UntilDone<Problem?>("A claim", async () =>
    {
        var found = await claims.Find(PersonIdentity.Of(phone), cancellation);
        if (found.MemberId == memberId) return (Problem?)null;
        if (found.MemberId is not null)
            return new Problem("identity-taken", "$.phone: it leads to another member.", "$.phone") { Kind = ProblemKind.Conflict };
        return await claims.Take(found, memberId, cancellation) ? (Problem?)null : Retry.Again;
    }, cancellation);

    private static Outcome<Profile> Decide(ProfileDraft draft, Correction correction, Caller caller)
    {
        if (draft.Before is not { IsPersonal: true } before) return Problem.NotFound($"Member \"{draft.MemberId}\"");
        var after = correction.Apply(before);
        if (correction.Phone?.E164 is { } phone && phone != before.Phone)
            after = after with { Phone = phone, DisputedPhone = before.DisputedPhone == phone ? null : before.DisputedPhone,
                FormerPhone = before.FormerPhone ?? before.Phone, Status = MemberStatus.Member };
        draft.Become(after, caller.Member is null ? "staff" : "member");
        return after;
    }

    private async Task LetGo(MemberId memberId, CancellationToken cancellation)
    {
        var former = await profiles.Change(memberId, draft =>
            draft.Before?.FormerPhone is { } phone && phone != draft.Before.Phone ? phone : null, cancellation);
        if (former is not null && PersonIdentity.Parse(IdentityKind.Phone, former) is { Succeeded: true } identity)
            await claims.Release(identity.Value, [memberId], cancellation);
        await profiles.Change(memberId, draft =>
        {
            if (draft.Before is { FormerPhone: { } phone } before && (phone == former || phone == before.Phone))
                draft.Become(before with { FormerPhone = null }, "staff");
            return true;
        }, cancellation);
    }
}
