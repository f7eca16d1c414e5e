using Club.Earning;
using Club.Ledger;
using Club.Members;
using Club.Programmes;

namespace Club.Transactions;

/// <summary>What the rules of a programme may know about a member. Pure; only what some rule that may match asks for is gathered, and so
/// kept with the entry.</summary>
public static class FactRules
{
    public static EarningFacts Of(Programme programme, Account account, Profile? profile, Transaction transaction)
    {
        var facts = new EarningFacts(account.TierOn(transaction.On));
        var asked = programme.AsksMember(transaction);
        if (asked.Has(Dimension.FirstTime))
            facts = facts with
            {
                FirstCategories = [.. transaction.Lines.Select(line => line.Category).Distinct()
                    .Where(category => account.Activity.All(row => row.Category != category))],
            };
        return profile is null || !asked.NeedsProfile ? facts : facts with
        {
            JoinedOn = asked.Has(Dimension.MemberMonths) ? DateOnly.FromDateTime(profile.JoinedAt.DateTime) : null,
            BirthMonth = asked.Has(Dimension.BirthdayMonth) ? profile.Birthday?.Month : null,
            Vehicles = asked.Has(Dimension.VehicleModel) || asked.Has(Dimension.VehicleMonths)
                ? [.. profile.Vehicles.Where(vehicle => vehicle.Disputed is not true)
                    .Select(vehicle => new OwnedVehicle(vehicle.Model, vehicle.PurchasedOn))]
                : [],
            Hobbies = asked.Has(Dimension.Hobby) ? profile.Hobbies : [],
            ValueClass = asked.Has(Dimension.ValueClass) ? profile.ValueClass : null,
            LoyaltyClass = asked.Has(Dimension.LoyaltyClass) ? profile.LoyaltyClass : null,
            Referred = asked.Has(Dimension.Referral) && profile.ReferrerCard is not null,
        };
    }
}
