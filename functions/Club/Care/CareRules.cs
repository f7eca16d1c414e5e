using Club.Kernel;
using Club.Members;
using Club.Programmes;

namespace Club.Care;

/// <summary>Something to say to a member: once per <see cref="Key"/>.</summary>
/// <param name="LastDay">The last date on which it still makes sense to say it.</param>
/// <param name="Values">What the template needs beyond the member's own values.</param>
public sealed record Occasion(CareMessage Message, string Key, DateOnly LastDay, IReadOnlyDictionary<string, object?> Values)
{
    /// <summary>Occasions that a stopped club missed by more days than this are not made up for.</summary>
    public const int LateDays = 2;

    /// <summary>It tells of points or a tier that end, rather than of her.</summary>
    public bool IsService => Message.Occasion is CareOccasion.PointsExpiring or CareOccasion.TierExpiring;

    public static IReadOnlyDictionary<string, object?> Nothing { get; } = new Dictionary<string, object?>();

    /// <summary>Two texts of one occasion, which the rule book tells apart by their days before, are two things to say.</summary>
    public static string KeyOf(string what, CareMessage message) => message.NamedBy == 0 ? what : $"{what}:{message.NamedBy}";
}

/// <summary>Birthdays and purchase anniversaries: what the profile gives cause for.</summary>
public static class MemberCare
{
    /// <summary>The first date after what was done on which something is to be said; null for never.</summary>
    /// <param name="isByAnyPlan">Whether her branch may say it earlier by a plan that is not looked at: then it is due when the earliest
    /// plan would say it.</param>
    public static DateOnly? DueOn(Programme programme, Profile profile, DateOnly today, bool isByAnyPlan = false)
    {
        if (profile.Phone is null || profile.Status != MemberStatus.Member) return null;
        var done = profile.CareDoneUntil ?? today.AddDays(-1);
        DateOnly? due = null;
        foreach (var (on, occasion) in Between(programme, profile, done, done.AddYears(1).AddDays(1)))
        {
            var early = isByAnyPlan ? on.AddDays(-programme.LeadOf(occasion.Message)) : on;
            if (early <= done) early = done.AddDays(1);
            if (!(due <= early)) due = early;
        }
        return due;
    }

    /// <summary>What is to be said up to a day, besides what was done. What a branch has moved to a day that is past is said as long as it
    /// makes sense: what was said already is met by its key.</summary>
    public static IEnumerable<Occasion> Open(Programme programme, Profile profile, DateOnly done, DateOnly until) =>
        Between(programme, profile, done.AddDays(-programme.WidestLead), until)
            .Where(one => one.On > done || programme.LeadOf(one.Occasion.Message) > 0 && one.Occasion.LastDay >= until)
            .Select(one => one.Occasion);

    /// <summary>What is to be said after <paramref name="done"/> and up to <paramref name="until"/>, and the date on which.</summary>
    public static IEnumerable<(DateOnly On, Occasion Occasion)> Between(Programme programme, Profile profile, DateOnly done, DateOnly until)
    {
        foreach (var message in programme.Care)
        {
            if (message.Occasion == CareOccasion.Birthday && profile.Birthday is { } birthday)
                foreach (var (on, day) in Yearly(birthday, message.DaysBefore, done, until))
                    yield return (on, new Occasion(message, Occasion.KeyOf($"{OccasionKeys.Birthday}:{day.Year}", message), LastDay(on, day),
                        Occasion.Nothing));
            if (message.Occasion != CareOccasion.PurchaseAnniversary) continue;
            foreach (var vehicle in profile.Vehicles)
            {
                if (vehicle is not { PurchasedOn: { } purchased, Disputed: null }) continue;
                foreach (var (on, day) in Yearly(purchased, message.DaysBefore, done, until))
                    yield return (on, new Occasion(message, Occasion.KeyOf($"{OccasionKeys.Anniversary}:{Which(profile.MemberId, vehicle)}:{day.Year}", message),
                        LastDay(on, day),
                        new Dictionary<string, object?> { ["model"] = vehicle.Model, ["years"] = day.Year - purchased.Year }));
            }
        }
    }

    /// <summary>A plate may have been on two cars one after the other, so the day of purchase belongs to what tells a vehicle from the
    /// others.</summary>
    internal static string Which(MemberId memberId, Vehicle vehicle) => Ids.Derived(
        "", memberId, vehicle.Vin ?? vehicle.Plate ?? vehicle.Model ?? "", vehicle.Vin is null ? $"{vehicle.PurchasedOn:yyyy-MM-dd}"
        : "")[..12];

    /// <summary>What is said ahead of a day is no use after it; a wish may come a little late.</summary>
    private static DateOnly LastDay(DateOnly on, DateOnly day) =>
        on.AddDays(Occasion.LateDays) is var late && on < day && late > day ? day : late;

    /// <summary>29 February is kept on 28 February in a common year. The first occurrence is a year after the day itself.</summary>
    private static IEnumerable<(DateOnly On, DateOnly Day)> Yearly(DateOnly start, int daysBefore, DateOnly done, DateOnly until)
    {
        for (var year = Math.Max(done.Year, start.Year + 1); year <= until.Year + 1; year++)
        {
            var day = new DateOnly(year, start.Month, Math.Min(start.Day, DateTime.DaysInMonth(year, start.Month)));
            if (day.AddDays(-daysBefore) is var on && on > done && on <= until) yield return (on, day);
        }
    }
}
