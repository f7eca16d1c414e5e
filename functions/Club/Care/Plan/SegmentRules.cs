using Club.Earning;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Value;

namespace Club.Care;

/// <summary>To whom a message of the care plan is said. Conditions are those of the rule book, asked about the member as she is today and
/// about her own branch. Pure.</summary>
public static class SegmentRules
{
    public static bool Holds(Programme programme, CareMessage message, Profile profile, Account account, DateTimeOffset now, DateOnly today)
    {
        if (message.When.Count == 0) return true;
        var asked = AskedOf(programme, profile, account, now, today);
        return message.When.All(condition => ConditionRules.Holds(condition, asked, line: null));
    }

    /// <summary>The message as it is said to this member: as the first variant whose conditions hold says it, or as it is.</summary>
    public static CareMessage Chosen(Programme programme, CareMessage message, Profile profile, Account account, DateTimeOffset now,
        DateOnly today)
    {
        if (message.Variants.Count == 0) return message;
        var asked = AskedOf(programme, profile, account, now, today);
        foreach (var variant in message.Variants)
            if (variant.When.All(condition => ConditionRules.Holds(condition, asked, line: null))) return message.As(variant);
        return message;
    }

    private static EarningCase AskedOf(Programme programme, Profile profile, Account account, DateTimeOffset now, DateOnly today)
    {
        var visit = new Transaction("", "", now, today, profile.DealerId, null, null, null, null, []);
        return EarningCase.Of(programme, visit, FactsOf(programme, profile, account, today));
    }

    private static EarningFacts FactsOf(Programme programme, Profile profile, Account account, DateOnly today)
    {
        var standing = programme.Value is { } terms ? ClassRules.Judge(terms, account.Visits, profile.DealerId, today) : null;
        return new EarningFacts(account.TierOn(today))
        {
            JoinedOn = DateOnly.FromDateTime(profile.JoinedAt.DateTime),
            BirthMonth = profile.Birthday?.Month,
            Vehicles = [.. profile.Vehicles.Where(vehicle => vehicle.Disputed is not true)
                .Select(vehicle => new OwnedVehicle(vehicle.Model, vehicle.PurchasedOn))],
            Hobbies = profile.Hobbies,
            ValueClass = standing?.Value ?? profile.ValueClass,
            LoyaltyClass = standing?.Loyalty ?? profile.LoyaltyClass,
            Referred = profile.ReferrerCard is not null,
        };
    }
}
