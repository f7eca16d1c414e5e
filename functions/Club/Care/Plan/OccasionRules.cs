using System.Globalization;
using Club.Ledger;
using Club.Members;
using Club.Programmes;

namespace Club.Care;

/// <summary>Whether what a profile or an account gave cause to say still holds when it is to be said: between the two lies a night, or an
/// operator that takes nothing. Pure.</summary>
public static class OccasionRules
{
    /// <summary>Why nothing is said of what has ended meanwhile.</summary>
    public const string Over = "over";

    /// <param name="key">The occasion's.</param>
    /// <param name="account">Null: there is none, and with it nothing that would end.</param>
    public static bool Holds(Programme programme, Profile profile, Account? account, string key)
    {
        var parts = key.Split(':');
        return parts[0] switch
        {
            OccasionKeys.Birthday => profile.Birthday is not null,
            OccasionKeys.Anniversary => parts.Length > 1 && profile.Vehicles.Any(vehicle =>
                vehicle is { PurchasedOn: not null, Disputed: null }
                && profile.MergedFrom.Append(profile.MemberId).Any(name => MemberCare.Which(name, vehicle) == parts[1])),
            OccasionKeys.PointsEnd => account?.Wallet(programme.DefaultWallet.Code).Lots.Any(lot =>
                lot.Remaining.IsPositive && lot.LapsesOn == DayOf(parts)) is true,
            OccasionKeys.TierEnds => account?.Tier is { GraceUntil: null } tier && tier.ValidUntil == DayOf(parts),
            OccasionKeys.Maintenance or OccasionKeys.WinBack =>
                account is not null && AccountCare.StandingOf(programme, account) is { } standing && standing.LastVisit == DayOf(parts),
            OccasionKeys.Insurance => account?.InsuredOn is { } insured && insured == DayOf(parts),
            _ => true,
        };
    }

    private static DateOnly? DayOf(string[] parts) => parts.Length > 1
        && DateOnly.TryParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
