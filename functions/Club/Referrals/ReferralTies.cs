using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Spending;
using Club.Store;

namespace Club.Referrals;

/// <summary>How two members stand to each other, as far as it decides whether one may name the other.</summary>
public sealed class ReferralTies(IClubStore store, Membership membership, Families families)
{
    /// <param name="at">When the member named the other; whatever named her before is the first word.</param>
    /// <returns>Null: nothing speaks against it; otherwise a code of <see cref="ReferralRules"/>.</returns>
    public async Task<string?> Against(Profile member, MemberId named, DateTimeOffset at, CancellationToken cancellation) =>
        ReferralRules.Against(member.MemberId, named, await families.AreOne(member.MemberId, named, cancellation),
            await CameBy(member, named, cancellation) || await IsNamedBy(member, named, at, cancellation));

    /// <summary>Whether a member joined by another's card, or bought by her word.</summary>
    private async Task<bool> CameBy(Profile member, MemberId other, CancellationToken cancellation) =>
        (await Behind(member, cancellation)).Contains(other);

    /// <summary>Whether another named the member first, and may still be rewarded for it.</summary>
    private async Task<bool> IsNamedBy(Profile member, MemberId other, DateTimeOffset before, CancellationToken cancellation)
    {
        foreach (var one in await Naming(member, cancellation))
            if (one.State == ReferralState.Open && one.At < before && await membership.Survivor(one.MemberId, cancellation) == other)
                return true;
        return false;
    }

    /// <summary>What names somebody, by a phone or a vehicle of hers, whatever became of it.</summary>
    public async Task<IReadOnlyList<Referral>> Naming(Profile person, CancellationToken cancellation)
    {
        var found = new Dictionary<string, Referral>();
        var known = person.EarlierPhones.Append(person.Phone)
            .Concat(person.Vehicles.Where(vehicle => vehicle.Disputed is null).Select(vehicle => vehicle.Vin)).OfType<string>();
        foreach (var value in known.Distinct())
            await foreach (var document in store.FindAll(IndexQuery.Equal(Referral.KnownIndex, value), cancellation))
                found[document.Id] = document.As<Referral>();
        return [.. found.Values];
    }

    /// <summary>What names the buyer by the vehicle that the bill of a purchase told.</summary>
    /// <param name="sale">The entry of the purchase.</param>
    public async Task<IReadOnlyList<Referral>> Billed(string sale, CancellationToken cancellation) =>
        [.. (await store.Find(IndexQuery.Equal(Referral.BillIndex, sale), cancellation)).Documents
            .Select(document => document.As<Referral>())];

    /// <summary>By whose card somebody joined, and by whose word she bought; nobody of a member who is forgotten.</summary>
    public async ValueTask<IReadOnlyList<MemberId>> Behind(MemberId member, CancellationToken cancellation) =>
        await membership.Find(member, cancellation) is { } profile ? await Behind(profile, cancellation) : [];

    private async Task<IReadOnlyList<MemberId>> Behind(Profile member, CancellationToken cancellation)
    {
        var referrers = await Referrers(member, cancellation);
        return member.ReferrerCard is { } card
            && PersonIdentity.Parse(IdentityKind.Card, card) is { Succeeded: true, Value: var identity }
            && await membership.Find(identity, cancellation) is { MemberId: var other } ? [other, .. referrers] : referrers;
    }

    /// <summary>Whether a buyer bought by the word of somebody other than a member.</summary>
    public async Task<bool> CameByAnother(Profile buyer, MemberId member, CancellationToken cancellation) =>
        (await Referrers(buyer, cancellation)).Any(other => other != member);

    /// <summary>By whose word somebody bought; what was returned since counts for nothing.</summary>
    private async Task<IReadOnlyList<MemberId>> Referrers(Profile buyer, CancellationToken cancellation)
    {
        var referrers = new List<MemberId>();
        foreach (var name in buyer.MergedFrom.Prepend(buyer.MemberId))
            await foreach (var document in store.FindAll(IndexQuery.Equal(Referral.ToIndex, name), cancellation))
                if (document.As<Referral>() is { State: ReferralState.Bought } one)
                    referrers.Add(await membership.Survivor(one.MemberId, cancellation));
        return referrers;
    }
}
