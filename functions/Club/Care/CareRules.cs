using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;

namespace Club.Care;

/// <summary>Something to say to a member: once per <see cref="Key"/>.</summary>
/// <param name="On">The date on which it is to be said.</param>
/// <param name="Values">What the template needs beyond the member's own values.</param>
public sealed record Occasion(CareMessage Message, string Key, DateOnly On, IReadOnlyDictionary<string, object?> Values);

/// <summary>Birthdays and purchase anniversaries: what the profile gives cause for.</summary>
public static class MemberCare
{
    /// <summary>Occasions that a stopped club missed by more than this are not made up for.</summary>
    public const int LateDays = 2;
    private static readonly IReadOnlyDictionary<string, object?> Nothing = new Dictionary<string, object?>();

    /// <summary>The first date after what was done on which something is to be said; null for never.</summary>
    public static DateOnly? DueOn(Programme programme, Profile profile, DateOnly today)
    {
        if (profile.Phone is null || profile.Status != MemberStatus.Member) return null;
        var done = profile.CareDoneUntil ?? today.AddDays(-1);
        DateOnly? due = null;
        foreach (var occasion in Between(programme, profile, done, done.AddYears(1).AddDays(1)))
            if (!(due <= occasion.On)) due = occasion.On;
        return due;
    }

    /// <summary>What is to be said after <paramref name="done"/> and up to <paramref name="until"/>.</summary>
    public static IEnumerable<Occasion> Between(Programme programme, Profile profile, DateOnly done, DateOnly until)
    {
        foreach (var message in programme.Care)
        {
            if (message.Occasion == CareOccasion.Birthday && profile.Birthday is { } birthday)
                foreach (var (on, year) in Yearly(birthday, message.DaysBefore, done, until))
                    yield return new Occasion(message, $"birthday:{year}", on, Nothing);
            if (message.Occasion != CareOccasion.PurchaseAnniversary) continue;
            foreach (var vehicle in profile.Vehicles)
            {
                if (vehicle is not { PurchasedOn: { } purchased, Disputed: null }) continue;
                var which = Ids.Derived("", profile.MemberId, vehicle.Vin ?? vehicle.Plate ?? vehicle.Model ?? "")[..8];
                foreach (var (on, year) in Yearly(purchased, message.DaysBefore, done, until))
                    yield return new Occasion(message, $"anniversary:{which}:{year}", on,
                        new Dictionary<string, object?> { ["model"] = vehicle.Model, ["years"] = year - purchased.Year });
            }
        }
    }

    /// <summary>29 February is kept on 28 February in a common year. The first occurrence is a year after the day itself.</summary>
    private static IEnumerable<(DateOnly On, int Year)> Yearly(DateOnly day, int daysBefore, DateOnly done, DateOnly until)
    {
        for (var year = Math.Max(done.Year, day.Year + 1); year <= until.Year + 1; year++)
        {
            var on = new DateOnly(year, day.Month, Math.Min(day.Day, DateTime.DaysInMonth(year, day.Month))).AddDays(-daysBefore);
            if (on > done && on <= until) yield return (on, year);
        }
    }
}

/// <summary>Points and tiers about to end: what the account gives cause for.</summary>
public static class AccountCare
{
    public static DateOnly? DueOn(Programme programme, Account account)
    {
        DateOnly? due = null;
        if (Message(programme, CareOccasion.PointsExpiring) is { } points)
            foreach (var lot in account.Wallet(programme.DefaultWallet.Code).Lots)
                if (lot.LapsesOn is { } lapse && !(lapse <= account.ExpiryAnnouncedUntil) && lot.Remaining.IsPositive) Consider(lapse.AddDays(-points.DaysBefore));
        if (Message(programme, CareOccasion.TierExpiring) is { } tier && account.Tier is { ValidUntil: { } end, GraceUntil: null } && end != account.TierEndAnnounced)
            Consider(end.AddDays(-tier.DaysBefore));
        return due;

        void Consider(DateOnly date)
        {
            if (!(due <= date)) due = date;
        }
    }

    /// <summary>What is to be said today, and the account that remembers it was said.</summary>
    public static (Account After, IReadOnlyList<Occasion> Occasions) Plan(Programme programme, Account account, DateOnly today)
    {
        var occasions = new List<Occasion>();
        var after = account;
        if (Message(programme, CareOccasion.PointsExpiring) is { } points && Expiring(programme, account, points, today) is { } expiring)
        {
            occasions.Add(expiring);
            after = after with { ExpiryAnnouncedUntil = today.AddDays(points.DaysBefore) };
        }
        if (Message(programme, CareOccasion.TierExpiring) is { } tier && account.Tier is { ValidUntil: { } end, GraceUntil: null }
            && end != account.TierEndAnnounced && end.AddDays(-tier.DaysBefore) <= today)
        {
            if (end >= today) occasions.Add(new Occasion(tier, $"tierExpiring:{end:yyyy-MM-dd}", today, new Dictionary<string, object?> { ["validUntil"] = end }));
            after = after with { TierEndAnnounced = end };
        }
        return (after with { CareDue = DueOn(programme, after) }, occasions);
    }

    private static Occasion? Expiring(Programme programme, Account account, CareMessage message, DateOnly today)
    {
        var horizon = today.AddDays(message.DaysBefore);
        var lots = account.Wallet(programme.DefaultWallet.Code).Lots
            .Where(lot => lot.Remaining.IsPositive && lot.LapsesOn > today && lot.LapsesOn <= horizon && !(lot.LapsesOn <= account.ExpiryAnnouncedUntil)).ToArray();
        if (lots.Length == 0) return null;
        var first = lots.Min(lot => lot.LapsesOn)!.Value;
        return new Occasion(message, $"pointsExpiring:{first:yyyy-MM-dd}", today, new Dictionary<string, object?>
        {
            ["pointsExpiring"] = lots.Sum(lot => lot.Remaining),
            ["expiresOn"] = first,
        });
    }

    private static CareMessage? Message(Programme programme, CareOccasion occasion) => programme.Care.FirstOrDefault(message => message.Occasion == occasion);
}
