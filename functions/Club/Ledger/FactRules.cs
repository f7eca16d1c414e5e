using Club.Members;
using Club.Programmes;

namespace Club.Ledger;

/// <summary>What the rules of a programme may know about a member. Pure; only what some rule asks for is gathered, and so kept with the entry.</summary>
public static class FactRules
{
    public static EarningFacts Of(Programme programme, Account account, Profile? profile, Transaction transaction)
    {
        var facts = new EarningFacts(account.TierOn(transaction.On));
        if (programme.Asks(Dimension.FirstTime))
            facts = facts with
            {
                FirstCategories = [.. transaction.Lines.Select(line => line.Category).Distinct().Where(category => account.Activity.All(row => row.Category != category))],
            };
        return profile is null ? facts : facts with
        {
            JoinedOn = programme.Asks(Dimension.MemberMonths) ? DateOnly.FromDateTime(profile.JoinedAt.DateTime) : null,
            BirthMonth = programme.Asks(Dimension.BirthdayMonth) ? profile.Birthday?.Month : null,
            Vehicles = programme.Asks(Dimension.VehicleModel) || programme.Asks(Dimension.VehicleMonths)
                ? [.. profile.Vehicles.Where(vehicle => vehicle.Disputed is not true).Select(vehicle => new OwnedVehicle(vehicle.Model, vehicle.PurchasedOn))]
                : [],
            Hobbies = programme.Asks(Dimension.Hobby) ? profile.Hobbies : [],
            ValueClass = programme.Asks(Dimension.ValueClass) ? profile.ValueClass : null,
            LoyaltyClass = programme.Asks(Dimension.LoyaltyClass) ? profile.LoyaltyClass : null,
            Referred = programme.Asks(Dimension.Referral) && profile.ReferrerCard is not null,
        };
    }
}
