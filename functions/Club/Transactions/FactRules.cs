using Club.Earning;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Value;

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
        if (profile is null || !asked.NeedsProfile) return facts;
        var (value, loyalty) = asked.Has(Dimension.ValueClass) || asked.Has(Dimension.LoyaltyClass)
            ? Classes(programme, account, profile, transaction) : default;
        return facts with
        {
            JoinedOn = asked.Has(Dimension.MemberMonths) ? DateOnly.FromDateTime(profile.JoinedAt.DateTime) : null,
            BirthMonth = asked.Has(Dimension.BirthdayMonth) ? profile.Birthday?.Month : null,
            Vehicles = asked.Has(Dimension.VehicleModel) || asked.Has(Dimension.VehicleMonths)
                ? [.. profile.Vehicles.Where(vehicle => vehicle.Disputed is not true)
                    .Select(vehicle => new OwnedVehicle(vehicle.Model, vehicle.PurchasedOn))]
                : [],
            Hobbies = asked.Has(Dimension.Hobby) ? profile.Hobbies : [],
            ValueClass = asked.Has(Dimension.ValueClass) ? value : null,
            LoyaltyClass = asked.Has(Dimension.LoyaltyClass) ? loyalty : null,
            Referred = asked.Has(Dimension.Referral) && profile.ReferrerCard is not null,
        };
    }

    /// <summary>As she stood before the day of the bill, so that both bills of one visit find the same; by a rule book that tells nobody
    /// apart, as the profile has it.</summary>
    private static (string? Value, string? Loyalty) Classes(Programme programme, Account account, Profile profile, Transaction transaction)
    {
        if (programme.Value is not { } terms || account.Visits?.Counts != terms.Counts) return (profile.ValueClass, profile.LoyaltyClass);
        var before = ClassRules.Judge(terms, account.Visits, profile.DealerId, transaction.On.AddDays(-1));
        return (before?.Value, before?.Loyalty);
    }
}
