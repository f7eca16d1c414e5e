using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Members;

/// <summary>Finds members, whichever way they are known, and lets them go.</summary>
public sealed class Membership(IClubStore store, Claims claims, ProgrammeVersions programmes, ClubCalendar calendar)
{
    /// <summary>The profile; of a merged member, the one it was merged into. Null when there is none.</summary>
    public async ValueTask<Profile?> Find(string memberId, CancellationToken cancellation) => (await Load(memberId, cancellation))?.Value;

    private async ValueTask<Stored<Profile>?> Load(string memberId, CancellationToken cancellation)
    {
        for (var signpost = 0; signpost < MemberLedger.MostSignposts; signpost++)
        {
            var stored = await store.Read<Profile>(memberId, Profile.Id, cancellation);
            if (stored?.Value.MergedInto is not { } survivor) return stored;
            memberId = survivor;
        }
        throw new StoreException($"Member {memberId} was merged in a circle.");
    }

    public async ValueTask<Profile?> Find(PersonIdentity identity, CancellationToken cancellation) =>
        (await claims.Find(identity, cancellation)).MemberId is { } memberId ? await Find(memberId, cancellation) : null;

    /// <summary>Members by a declared key of their profile, or by tier.</summary>
    public async Task<(IReadOnlyList<Profile> Items, string? Continuation)> Search(IndexQuery query, CancellationToken cancellation)
    {
        var page = await store.Find(query, cancellation);
        var items = new List<Profile>(page.Documents.Count);
        foreach (var document in page.Documents)
        {
            var profile = document.Type == "profile" ? document.As<Profile>() : await Find(document.Partition, cancellation);
            if (profile is not null) items.Add(profile);
        }
        return (items, page.Continuation);
    }

    /// <summary>
    /// Somebody unfollowed the WeChat account. A fan without a phone has left, and what WeChat told about the person goes;
    /// an owner stays a member by phone.
    /// </summary>
    public async Task LeaveWeChat(string openId, CancellationToken cancellation)
    {
        if (PersonIdentity.OpenId(openId) is not { Succeeded: true } identity) return;
        if ((await claims.Find(identity.Value, cancellation)).MemberId is not { } memberId) return;
        while (await Load(memberId, cancellation) is { Value: { Status: MemberStatus.Member, Phone: null } profile } stored)
        {
            var after = profile with { Status = MemberStatus.Left, Name = null, Gender = null, City = null, CareDue = null };
            var left = new MemberEvent
            {
                Id = Ids.Derived("v", "left", stored.ETag),
                MemberId = profile.MemberId,
                Kind = MemberEventKind.Left,
                At = calendar.Now,
                Reason = "wechat-unsubscribe",
            };
            if (await store.Commit(profile.MemberId, [left.ToCreate(), after.ToReplace(stored.ETag)], cancellation) is CommitResult.Written) return;
        }
    }

    /// <summary>The tier of each profile is in its account.</summary>
    public async ValueTask<string> TierOf(Profile profile, CancellationToken cancellation) =>
        (await store.Read<Account>(profile.MemberId, Account.Id, cancellation))?.Value.Tier.Code ?? programmes.Current.Tiers[0].Code;
}
