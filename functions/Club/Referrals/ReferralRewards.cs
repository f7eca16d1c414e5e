using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Club.Transactions;

namespace Club.Referrals;

/// <summary>
/// Follows the ledger: who was named and has bought is matched by phone or VIN, and both are rewarded by the rule book; what is returned is
/// taken back from both. Each step may come twice: the match is one commit, and rewards have keys that follow from it.
/// </summary>
public sealed class ReferralRewards(IClubStore store, Membership membership, ReferralTies ties, OwnTransactions transactions,
    ClubCalendar calendar) : IFollows
{
    public string Name => "referrals";

    public async Task Follow(Document happened, CancellationToken cancellation)
    {
        if (happened.Type != "entry") return;
        var entry = happened.As<Entry>();
        // What a merge books again was followed where it was booked first, and so is what follows from a referral itself.
        if (entry.MergedFrom is not null || entry.Source == ReferralRules.Source) return;
        if (entry.Cause is Cause.Reversal { Original: var original }) await TakeBack(entry, original, cancellation);
        else if (ReferralRules.VehicleOf(entry) is { } vehicle) await Bought(entry, vehicle, cancellation);
    }

    private async Task Bought(Entry sale, InputLine vehicle, CancellationToken cancellation)
    {
        if (await BySale(sale.Id, cancellation) is { State: not ReferralState.Refused } decided)
        {
            await Reward(decided, sale, vehicle, cancellation);
            return;
        }
        if (await membership.Find(sale.MemberId, cancellation) is not { } buyer) return;
        foreach (var one in ReferralRules.InTurn(await Naming(buyer, cancellation), sale))
            if (await Decide(one, buyer, sale, vehicle, cancellation) is { State: ReferralState.Bought } matched)
            {
                await Reward(matched, sale, vehicle, cancellation);
                return;
            }
    }

    private async Task<IReadOnlyList<Referral>> Naming(Profile buyer, CancellationToken cancellation)
    {
        var found = new Dictionary<string, Referral>();
        var known = buyer.EarlierPhones.Append(buyer.Phone)
            .Concat(buyer.Vehicles.Where(vehicle => vehicle.Disputed is null).Select(vehicle => vehicle.Vin)).OfType<string>();
        foreach (var value in known.Distinct())
            await foreach (var document in store.FindAll(IndexQuery.Equal(Referral.KnownIndex, value), cancellation))
                found[document.Id] = document.As<Referral>();
        return [.. found.Values];
    }

    /// <returns>As it is decided; null when somebody else decided it otherwise.</returns>
    private Task<Referral?> Decide(Referral open, Profile buyer, Entry sale, InputLine vehicle, CancellationToken cancellation) =>
        Retry.UntilDone<Referral?>($"Referral {open.Id}", async () =>
    {
        // It goes along when its member becomes another one's.
        var holder = await membership.Survivor(open.MemberId, cancellation);
        if (await store.Read<Referral>(holder, open.Id, cancellation) is not { Value: var now, ETag: var etag }) return (Referral?)null;
        if (now.Sale == sale.Id) return now;
        if (now.State != ReferralState.Open || await membership.Find(holder, cancellation) is not { } member) return (Referral?)null;
        var against = await ties.Against(member, buyer.MemberId, cancellation);
        var decided = now with
        {
            State = against is null ? ReferralState.Bought : ReferralState.Refused, To = buyer.MemberId, Sale = sale.Id,
            SaleLine = vehicle.LineId, DecidedAt = calendar.Now, Reason = against,
        };
        return await store.Commit(holder, [decided.ToReplace(etag)], cancellation) is CommitResult.Written ? decided : Retry.Again;
    }, cancellation);

    private async Task Reward(Referral referral, Entry sale, InputLine vehicle, CancellationToken cancellation)
    {
        if (referral.State is not (ReferralState.Bought or ReferralState.Returned)) return;
        foreach (var isBuyer in (bool[])[false, true])
        {
            var receipt = await transactions.Record(isBuyer ? sale.MemberId : referral.MemberId,
                ReferralRules.Reward(referral, sale, vehicle, isBuyer), cancellation);
            if (receipt.Problem is { Code: var why } && receipt.Fate == Fate.Rejected) await Note(referral, why, cancellation);
        }
    }

    /// <summary>Why one of them was not rewarded stays with it, where staff see it.</summary>
    private Task<bool> Note(Referral referral, string why, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"Referral {referral.Id}", async () =>
    {
        var holder = await membership.Survivor(referral.MemberId, cancellation);
        if (await store.Read<Referral>(holder, referral.Id, cancellation) is not { Value: var now, ETag: var etag } || now.Reason == why)
            return true;
        return await store.Commit(holder, [(now with { Reason = why }).ToReplace(etag)], cancellation) is CommitResult.Written ? true
            : Retry.Again;
    }, cancellation);

    private async Task TakeBack(Entry reversal, string original, CancellationToken cancellation)
    {
        if (await BySale(original, cancellation) is not { State: ReferralState.Bought or ReferralState.Returned } referral) return;
        var amount = ReferralRules.ReturnedOf(reversal, referral.SaleLine!);
        if (amount == Money.Zero) return;
        foreach (var isBuyer in (bool[])[false, true])
        {
            var rewarded = isBuyer ? $"{referral.Id}/to" : referral.Id;
            await transactions.Reverse(isBuyer ? referral.To!.Value : referral.MemberId, new Reversal(ReferralRules.Source,
                $"{rewarded}/{reversal.Source}/{reversal.SourceId}", reversal.At, reversal.On, rewarded, null,
                [new ReversedLine("1", amount)]), cancellation);
        }
        await Retry.UntilDone<bool>($"Referral {referral.Id}", async () =>
        {
            var holder = await membership.Survivor(referral.MemberId, cancellation);
            var stored = await store.Read<Referral>(holder, referral.Id, cancellation);
            if (stored is not { Value: { State: ReferralState.Bought } now, ETag: var etag }) return true;
            return await store.Commit(holder, [(now with { State = ReferralState.Returned }).ToReplace(etag)], cancellation)
                is CommitResult.Written ? true : Retry.Again;
        }, cancellation);
    }

    private async Task<Referral?> BySale(string sale, CancellationToken cancellation) =>
        (await store.Find(IndexQuery.Equal(Referral.SaleIndex, sale), cancellation)).Documents
            .Select(document => document.As<Referral>()).MinBy(one => one.State == ReferralState.Refused);
}
