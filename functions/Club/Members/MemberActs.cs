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
        // Who had lapsed leaves later than that, whenever it was heard of.
        At = profile.LapsedAt is { } lapsed && profile.ActedAt <= lapsed ? lapsed.AddTicks(1) : profile.ActedAt!.Value,
        Reason = reason,
    };

    /// <summary>What a change of a profile from the state under an ETag says of coming or going; null when it says nothing.</summary>
    /// <param name="now">Dates what is no later act of the person: the club found out that one who had left is a member.</param>
    public static MemberEvent? Between(Profile before, Profile after, string etag, DateTimeOffset now, string reason) =>
        (before.Status, after.Status) switch
    {
        (MemberStatus.Member or MemberStatus.Lapsed, MemberStatus.Left or MemberStatus.Erased) => Left(after, Ids.Derived("v", "left", etag), reason),
        (MemberStatus.Left or MemberStatus.Lapsed, MemberStatus.Member) => new()
        {
            Id = Ids.Derived("v", "returned", etag),
            MemberId = after.MemberId,
            Kind = MemberEventKind.Returned,
            // After the leaving that it ends, even where both come in one moment.
            At = Ended(before) is var ended && after.ActedAt > ended ? after.ActedAt.Value : now > ended ? now : ended.AddTicks(1),
            Reason = reason,
        },
        _ => null,
    };

    /// <summary>When somebody who left or lapsed was a member no more.</summary>
    private static DateTimeOffset Ended(Profile gone) => gone.LapsedAt is { } lapsed && !(gone.ActedAt > lapsed)
        // Who lapsed and then left is told to have left just after.
        ? gone.Status == MemberStatus.Left ? lapsed.AddTicks(1) : lapsed : gone.ActedAt ?? gone.JoinedAt;

    /// <summary>What of a profile changed, by name; null when it is nothing that is told by an event of its own.</summary>
    public static MemberEvent? Changed(Profile before, Profile after, string etag, DateTimeOffset now, string reason)
    {
        var names = after.Status == MemberStatus.Erased ? [] : Differences(before, after).ToArray();
        return names.Length == 0 ? null : new()
        {
            Id = Ids.Derived("v", "profile", etag),
            MemberId = after.MemberId,
            Kind = MemberEventKind.ProfileChanged,
            At = now,
            Reason = reason,
            Changed = names,
        };
    }

    private static IEnumerable<string> Differences(Profile before, Profile after)
    {
        if (before.Name != after.Name) yield return "name";
        if (before.Phone != after.Phone) yield return "phone";
        if (before.DisputedPhone != after.DisputedPhone) yield return "disputedPhone";
        if (before.Gender != after.Gender) yield return "gender";
        if (before.Birthday != after.Birthday) yield return "birthday";
        if (before.City != after.City) yield return "city";
        if (before.Address != after.Address) yield return "address";
        if (before.DealerId != after.DealerId) yield return "dealerId";
        if (!before.Hobbies.SequenceEqual(after.Hobbies)) yield return "hobbies";
        if (!before.Vehicles.SequenceEqual(after.Vehicles)) yield return "vehicles";
        if (!before.OpenIds.SequenceEqual(after.OpenIds)) yield return "openIds";
        if (before.UnionId != after.UnionId) yield return "unionId";
        if (!before.ExternalIds.SequenceEqual(after.ExternalIds)) yield return "externalIds";
        if (before.ReferrerCard != after.ReferrerCard) yield return "referrerCard";
        if (before.ValueClass != after.ValueClass) yield return "valueClass";
        if (before.LoyaltyClass != after.LoyaltyClass) yield return "loyaltyClass";
    }

    /// <summary>What the member says about messages now, and where it was said.</summary>
    /// <param name="state">Of which state of the profile it is the first change.</param>
    public static MemberEvent Consented(Profile after, string state, DateTimeOffset now, string reason) => new()
    {
        Id = Ids.Derived("v", "consent", state),
        MemberId = after.MemberId,
        Kind = MemberEventKind.ConsentChanged,
        At = after.Consents.LastSms?.At ?? now,
        To = after.Consents.Sms is true ? "sms" : "no-sms",
        Reason = after.Consents.LastSms?.Source ?? reason,
    };

    /// <summary>That she may be called, or does not want it.</summary>
    public static MemberEvent Called(MemberId memberId, ConsentAct act) => new()
    {
        Id = Ids.Derived("v", "calls", memberId, $"{act.At:O}", act.Given ? "yes" : "no"),
        MemberId = memberId,
        Kind = MemberEventKind.ConsentChanged,
        At = act.At,
        To = act.Given ? "calls" : "no-calls",
        Reason = act.Source,
    };
}
