using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Members;

/// <summary>A member whom somebody may see.</summary>
/// <param name="IsMasked">Whether the person is told by what does not name her.</param>
public sealed record Seen(Profile Profile, bool IsMasked);

/// <summary>A member of whom a caller asks for one thing.</summary>
/// <param name="IsShown">Whether all of hers is; of others a dealer's staff know what concerns their own dealer.</param>
/// <param name="IsMasked">Whether the person is told by what does not name her.</param>
public sealed record Holder(Profile Profile, bool IsShown, bool IsMasked)
{
    public MemberId MemberId => Profile.MemberId;
}

/// <summary>Finds members, whichever way they are known, and lets them go.</summary>
public sealed class Membership(IClubStore store, Claims claims, Profiles profiles, PersonKeys keys)
{
    private readonly Strangers _strangers = new();

    /// <summary>The profile; of a merged member, the one it was merged into. Null when there is none, or none any more.</summary>
    public async ValueTask<Profile?> Find(MemberId memberId, CancellationToken cancellation) =>
        await FindAny(memberId, cancellation) is { Status: not MemberStatus.Erased } profile ? profile : null;

    /// <summary>Whether this was somebody who is forgotten, also in a copy of the documents from before.</summary>
    public async ValueTask<bool> IsErased(MemberId memberId, CancellationToken cancellation) =>
        await FindAny(memberId, cancellation) is { } profile ? profile.Status == MemberStatus.Erased
            : await keys.IsDestroyed(memberId, cancellation);

    /// <summary>The member that this one was merged into, or herself, whether or not she is forgotten.</summary>
    public async ValueTask<MemberId> Survivor(MemberId memberId, CancellationToken cancellation) =>
        (await FindAny(memberId, cancellation))?.MemberId ?? memberId;

    private async ValueTask<Profile?> FindAny(MemberId memberId, CancellationToken cancellation)
    {
        for (var signpost = 0; signpost < MemberLedger.MostSignposts; signpost++)
        {
            var stored = await store.Read<Profile>(memberId, Profile.Id, cancellation);
            if (stored?.Value.MergedInto is not { } survivor) return stored?.Value;
            memberId = survivor;
        }
        throw new StoreException($"Member {memberId} was merged in a circle.");
    }

    /// <summary>The profile, as far as it is the caller's to see: for all others it is not there, and the answer takes as long.</summary>
    public async ValueTask<Seen?> See(MemberId memberId, Caller caller, CancellationToken cancellation)
    {
        var profile = await Find(memberId, cancellation);
        if (profile is not null)
        {
            _strangers.Note(profile.MemberId);
            if (caller.SeesMasked(profile.MemberId, profile.DealerId) is { } isMasked) return new Seen(profile, isMasked);
        }
        if (!caller.IsScoped) return null;
        // Whoever is not shown costs one read that finds somebody and one that finds nobody, whichever of them was hers.
        await Find(_strangers.Any(exists: profile is null), cancellation);
        if (caller is not { Dealer: not null, Before: { } shown }) return null;
        var before = await Find(shown, cancellation);
        return profile is not null && before?.MemberId == profile.MemberId ? new Seen(profile, IsMasked: true) : null;
    }

    /// <summary>Whose something is that a caller names by its id; null when nothing of hers can be the caller's to see.</summary>
    public async ValueTask<Holder?> Holder(MemberId memberId, Caller caller, CancellationToken cancellation)
    {
        if (await See(memberId, caller, cancellation) is { } seen && !(seen.IsMasked && caller.IsScoped))
            return new Holder(seen.Profile, IsShown: true, seen.IsMasked);
        return caller.Dealer is not null && await Find(memberId, cancellation) is { } other
            ? new Holder(other, IsShown: false, IsMasked: true) : null;
    }

    public async ValueTask<Profile?> Find(PersonIdentity identity, CancellationToken cancellation) =>
        (await claims.Find(identity, cancellation)).MemberId is { } memberId ? await Find(memberId, cancellation) : null;

    /// <summary>
    /// Somebody unfollowed the WeChat account at a moment. A fan without a phone has left, and what was told about the person goes: only
    /// what the account needs stays, which is the card, the openId that knows her again, and vehicles by VIN and model. An owner stays a
    /// member by phone. Whoever came back since then is here.
    /// </summary>
    /// <returns>Whether the person has left with this.</returns>
    public Task<bool> LeaveWeChat(string openId, DateTimeOffset leftAt, CancellationToken cancellation) =>
        Retry.UntilDone<bool>("A claim", async () =>
    {
        if (PersonIdentity.OpenId(openId) is not { Succeeded: true } identity) return false;
        var found = await claims.Find(identity.Value, cancellation);
        if (found.MemberId is { } memberId && await profiles.Change(memberId, draft => Leave(draft, leftAt), cancellation) is { } hasLeft)
            return hasLeft;
        // Nobody yet, or a registration on its way, which looks at the claim again: the word waits there.
        if (found.Claim?.Value.LeftAt >= leftAt) return false;
        await claims.NoteLeft(found, leftAt, cancellation);
        return Retry.Again;
    }, cancellation);

    /// <returns>Null when there is no profile.</returns>
    private static bool? Leave(ProfileDraft draft, DateTimeOffset leftAt)
    {
        if (draft.Before is not { } profile) return null;
        if (profile is not { Status: MemberStatus.Member or MemberStatus.Left or MemberStatus.Lapsed, Phone: null }
            || profile.ActedAt > leftAt)
            return false;
        // Who has left before leaves later now: what she did in between brings her back no more.
        if (profile.Status == MemberStatus.Left && profile.ActedAt == leftAt) return false;
        draft.Become(Forgotten(profile) with { Status = MemberStatus.Left, ActedAt = leftAt }, "wechat-unsubscribe");
        return true;
    }

    /// <summary>Takes up what <see cref="LeaveWeChat"/> left at the claim of somebody who has a profile since.</summary>
    public async Task<bool> LeaveAsNoted(string openId, CancellationToken cancellation) =>
        PersonIdentity.OpenId(openId) is { Succeeded: true } identity
        && (await claims.Find(identity.Value, cancellation)).Claim?.Value.LeftAt is { } leftAt
            && await LeaveWeChat(openId, leftAt, cancellation);

    private static Profile Forgotten(Profile profile) => profile with
    {
        Name = null,
        Gender = null,
        Birthday = null,
        City = null,
        Address = null,
        Hobbies = [],
        Vehicles = [.. profile.Vehicles.Where(vehicle => vehicle.Vin is not null).Select(vehicle => vehicle with { Plate = null })],
        CareDue = null,
    };
}
