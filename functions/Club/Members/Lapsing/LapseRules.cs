using Club.Kernel;
using Club.Ledger;

namespace Club.Members;

/// <summary>Who is a member no more because nothing was heard of her for so long, and who is one again. Pure.</summary>
public static class LapseRules
{
    /// <summary>The key under which a member is found when she may have lapsed: at or before the day on which she was last seen. Of a
    /// profile from before such a day was kept it is a day early at most, in whatever zone the brand is.</summary>
    public static DateOnly Seen(Profile profile) => profile.SeenOn ?? DateOnly.FromDateTime(profile.JoinedAt.UtcDateTime).AddDays(-1);

    /// <summary>Whether so many months without any activity are over.</summary>
    /// <param name="months">Null: nobody lapses.</param>
    public static bool IsQuiet(DateOnly lastSeen, int? months, DateOnly today) =>
        months is { } most && Months.After(lastSeen, most) <= today;

    /// <summary>She keeps card, points and history.</summary>
    public static Profile Lapse(Profile member, DateTimeOffset now) =>
        member with { Status = MemberStatus.Lapsed, LapsedAt = now, CareDue = null };

    /// <summary>Whoever comes, or comes back, was here on that day. What care missed meanwhile is not made up for.</summary>
    public static Profile Here(Profile? before, Profile after, DateOnly today) => (before?.Status, after.Status) switch
    {
        (null, _) => after with { SeenOn = after.SeenOn ?? today },
        (MemberStatus.Lapsed or MemberStatus.Left, MemberStatus.Member) =>
            after with { SeenOn = today, LapsedAt = null, CareDoneUntil = Later(after.CareDoneUntil, today.AddDays(-1)) },
        _ => after,
    };

    /// <summary>What of two records of one person counts.</summary>
    public static MemberStatus Join(Profile survivor, Profile fan, MemberStatus joined) =>
        survivor.Status == MemberStatus.Lapsed && joined is MemberStatus.Member or MemberStatus.Lapsed && fan.Status != MemberStatus.Member
            ? MemberStatus.Lapsed
            // Of a survivor who is here nobody noted yet that she may have lapsed.
            : joined == MemberStatus.Lapsed ? MemberStatus.Member : joined;

    public static DateOnly? Later(DateOnly? a, DateOnly? b) => a is null || b > a ? b : a;

    public static MemberEvent Lapsed(Profile lapsed, string etag) => new()
    {
        Id = Ids.Derived("v", "lapsed", etag),
        MemberId = lapsed.MemberId,
        Kind = MemberEventKind.Lapsed,
        At = lapsed.LapsedAt!.Value,
        Reason = "inactivity",
    };
}
