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
        var visit = new Transaction("", "", now, today, profile.DealerId, null, null, null, null, []);
        var asked = EarningCase.Of(programme, visit, FactsOf(programme, profile, account, today));
        foreach (var condition in message.When)
            if (!ConditionRules.Holds(condition, asked, line: null)) return false;
        return true;
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
