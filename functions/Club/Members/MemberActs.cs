using Club.Kernel;
using Club.Ledger;

namespace Club.Members;

/// <summary>The events of coming and going. One is written in the commit that changes who is a member, so that they tell at any time who
/// is.</summary>
public static class MemberActs
{
    public static MemberEvent Joined(Profile profile, DateTimeOffset at, string reason) => new()
    {
        Id = "v:joined",
        MemberId = profile.MemberId,
        Kind = MemberEventKind.Joined,
        At = at,
        Reason = reason,
        DealerId = profile.DealerId,
    };

    public static MemberEvent Left(Profile profile, string id, string reason = "wechat-unsubscribe") => new()
    {
        Id = id,
        MemberId = profile.MemberId,
        Kind = MemberEventKind.Left,
        At = profile.ActedAt!.Value,
        Reason = reason,
    };

    /// <summary>What a change of a profile from the state under an ETag says of coming or going; null when it says nothing.</summary>
    /// <param name="now">Dates what is no later act of the person: the club found out that one who had left is a member.</param>
    public static MemberEvent? Between(Profile before, Profile after, string etag, DateTimeOffset now, string reason) =>
        (before.Status, after.Status) switch
    {
        (MemberStatus.Member, MemberStatus.Left) => Left(after, Ids.Derived("v", "left", etag), reason),
        (MemberStatus.Left, MemberStatus.Member) => new()
        {
            Id = Ids.Derived("v", "returned", etag),
            MemberId = after.MemberId,
            Kind = MemberEventKind.Returned,
            At = after.ActedAt > before.ActedAt ? after.ActedAt.Value : now,
            Reason = reason,
        },
        _ => null,
    };
}
