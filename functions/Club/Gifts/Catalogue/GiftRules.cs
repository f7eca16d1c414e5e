using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Spending;

namespace Club.Gifts;

/// <summary>What a member pays for a gift, and why she cannot have it. Pure.</summary>
public static class GiftRules
{
    /// <summary>What it costs a member of a tier, so many pieces together.</summary>
    /// <returns>Problem <c>not-offered</c>: its wallet is not spent today.</returns>
    public static Outcome<GiftPrice> Price(Gift gift, int quantity, TierCode tier, Programme programme, IReadOnlyList<QuoteReason> reasons)
    {
        if (programme.Spending is not { } rules) return SpendingTerms.NotOffered($"The programme \"{programme.Id}\" lets nobody spend points.");
        var wallet = gift.Wallet ?? rules.Wallets[0].Wallet;
        if (rules.Find(wallet) is not { } spent) return SpendingTerms.NotOffered($"Points of the wallet \"{wallet}\" are not spent.");
        return gift.CostFor(tier).Of(wallet, quantity, rules.ValueOf(spent, atPartner: false), reasons);
    }

    /// <summary>How many points of those between which the member chooses.</summary>
    /// <param name="asked">Null: what it costs, where there is nothing to choose.</param>
    /// <returns>Problems: <c>missing-data</c>, <c>not-offered</c>.</returns>
    public static Outcome<Points> Chosen(GiftPrice price, Points? asked)
    {
        var (least, most, step) = price.Points;
        if (least == most) return asked is null || asked == least ? least
            : SpendingTerms.NotOffered($"It costs {least} points, not {asked}.");
        if (asked is not { } points) return new Problem("missing-data", $"$.points: is missing; from {least} to {most} are possible.", "$.points");
        if (points < least || points > most || (points - least).Hundredths % step.Hundredths != 0)
            return SpendingTerms.NotOffered($"It costs from {least} to {most} points in steps of {step}: {points} are not among them.");
        return points;
    }

    /// <summary>Why this member cannot have so many today, a sentence each: what is missing is said.</summary>
    /// <param name="had">How many she had in the period that its limit knows.</param>
    /// <param name="left">How many there are; null: nobody counts them.</param>
    public static IReadOnlyList<QuoteReason> Reasons(Gift gift, int quantity, Profile profile, TierCode tier, Programme programme,
        DateOnly joinedOn, int had, long? left, DateOnly today)
    {
        var reasons = new List<QuoteReason>();
        if (gift.From > today) Not($"{gift.Name} is offered from {gift.From:yyyy-MM-dd} on.");
        if (gift.To < today) Not($"{gift.Name} was offered until {gift.To:yyyy-MM-dd}.");
        if (profile.Status != MemberStatus.Member) Not("Only members are given gifts.");
        if (gift.For.Tiers is { Count: > 0 } tiers && !tiers.Contains(tier))
            Not($"{gift.Name} is for {string.Join(", ", tiers.Select(one => programme.FindTier(one)?.Name ?? one))}; the member is {programme.FindTier(tier)?.Name ?? tier}.");
        if (gift.For.Dealers is { Count: > 0 } dealers && !(profile.DealerId is { } own && dealers.Contains(own)))
            Not($"{gift.Name} is for members of {string.Join(", ", dealers)}; the member is of {profile.DealerId?.Value ?? "no branch"}.");
        if (today.DayNumber - joinedOn.DayNumber is var days && days < gift.For.MemberDays)
            Not($"{gift.Name} is for who has been a member for {gift.For.MemberDays} days; {gift.For.MemberDays - days} are missing.");
        if (profile.Vehicles.Count(vehicle => vehicle.Disputed is null) is var vehicles && vehicles < gift.For.Vehicles)
            Not($"{gift.Name} is for owners of {gift.For.Vehicles} vehicles; {gift.For.Vehicles - vehicles} are missing.");
        if (gift.PerMember is { } limit && had + quantity > limit.Count)
            reasons.Add(new QuoteReason("over-limit", limit.Per == CapPeriod.Lifetime
                ? $"At most {limit.Count} of {gift.Name} are given to one member; {had} were."
                : $"At most {limit.Count} of {gift.Name} are given to one member a {limit.Per.ToString().ToLowerInvariant()}; {had} were."));
        if (left < quantity) reasons.Add(new QuoteReason("out-of-stock", Short(gift, quantity, left.Value)));
        return reasons;

        void Not(string why) => reasons.Add(new QuoteReason("not-offered", why));
    }

    /// <summary>There are not so many left.</summary>
    public static Problem OutOfStock(Gift gift, int quantity, long left) => new("out-of-stock", Short(gift, quantity, left))
    {
        Kind = ProblemKind.Conflict,
        Numbers = new Dictionary<string, decimal> { ["available"] = left },
    };

    private static string Short(Gift gift, int quantity, long left) =>
        left <= 0 ? $"Nothing of {gift.Name} is left." : $"{quantity} of {gift.Name} are asked for; {left} are left.";
}
