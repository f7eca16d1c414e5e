using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Transactions;

namespace Club.Referrals;

/// <summary>
/// Follows the ledger: who was named and has bought is matched by phone or VIN, and both are rewarded by the rule book; what is returned is
/// taken back from both. Each step may come twice: the match is one commit, and rewards have keys that follow from it.
/// </summary>
public sealed class ReferralRewards(IClubStore store, ReferralLedger referrals, Membership membership, ReferralTies ties,
    VehicleSales sales, OwnTransactions transactions, ProgrammeLibrary library, ClubCalendar calendar) : IFollows
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
        var naming = (await ties.Naming(buyer, cancellation)).UnionBy(await ties.Billed(sale.Id, cancellation), one => one.Id);
        foreach (var one in ReferralRules.InTurn(naming, sale))
            if (await Decide(one, buyer, sale, vehicle, cancellation) is { State: ReferralState.Bought } matched)
            {
                await Reward(matched, sale, vehicle, cancellation);
                return;
            }
    }

    /// <returns>As it is decided; null when somebody else decided it otherwise.</returns>
    private async Task<Referral?> Decide(Referral open, Profile buyer, Entry sale, InputLine vehicle, CancellationToken cancellation)
    {
        var decided = await referrals.Change(open, async now =>
        {
            if (now.State != ReferralState.Open || await membership.Find(now.MemberId, cancellation) is not { } member) return now;
            var against = await ties.Against(member, buyer.MemberId, now.At, cancellation)
                ?? (await ties.CameByAnother(buyer, member.MemberId, cancellation) ? ReferralRules.Another : null);
            return now with
            {
                State = against is null ? ReferralState.Bought : ReferralState.Refused, To = buyer.MemberId, Sale = sale.Id,
                SaleLine = vehicle.LineId, DecidedAt = calendar.Now, Reason = against,
            };
        }, cancellation);
        return decided?.Sale == sale.Id ? decided : null;
    }

    private async Task Reward(Referral referral, Entry sale, InputLine vehicle, CancellationToken cancellation)
    {
        if (referral.State is not (ReferralState.Bought or ReferralState.Returned)) return;
        var asksAmount = await AsksAmount(sale.On, cancellation);
        foreach (var isBuyer in (bool[])[false, true])
        {
            if (isBuyer && await FormerReward(referral, cancellation) is not null) continue;
            var reward = ReferralRules.Reward(ReferralRules.RewardOf(referral, isBuyer), sale, vehicle, isBuyer,
                isBuyer || asksAmount ? vehicle.Amount : null);
            var receipt = await transactions.Record(isBuyer ? sale.MemberId : referral.MemberId, reward, cancellation);
            // Why one of them was not rewarded stays with it, where staff see it.
            if (receipt is { Fate: Fate.Rejected, Problem.Code: var why })
                await referrals.Change(referral, now => new(now with { Reason = why }), cancellation);
        }
    }

    private async Task TakeBack(Entry reversal, string original, CancellationToken cancellation)
    {
        if (await BySale(original, cancellation) is not { State: ReferralState.Bought or ReferralState.Returned } referral) return;
        var amount = ReferralRules.ReturnedOf(reversal, referral.SaleLine!);
        if (amount == Money.Zero) return;
        var isGone = await sales.IsGone(referral.To!.Value, referral.Sale!, referral.SaleLine!, cancellation);
        foreach (var isBuyer in (bool[])[false, true])
        {
            var former = isBuyer ? await FormerReward(referral, cancellation) : null;
            var rewarded = former?.SourceId ?? ReferralRules.RewardOf(referral, isBuyer);
            var reward = former ?? await Booked(isBuyer ? referral.To!.Value : referral.MemberId, rewarded, cancellation);
            // What knows no amount stands until the vehicle is gone.
            var hasAmount = reward?.Explanation.Any(line => line.Amount is { Fen: > 0 })
                ?? (isBuyer || await AsksAmount(reversal.On, cancellation));
            if (!hasAmount && !isGone) continue;
            await transactions.Reverse(isBuyer ? referral.To!.Value : referral.MemberId, new Reversal(ReferralRules.Source,
                $"{rewarded}/{reversal.Source}/{reversal.SourceId}", reversal.At, reversal.On, rewarded, null,
                hasAmount ? [new ReversedLine("1", amount)] : null), cancellation);
        }
        if (isGone) await referrals.Change(referral, now => new(now with { State = ReferralState.Returned }), cancellation);
    }

    private async ValueTask<bool> AsksAmount(DateOnly on, CancellationToken cancellation) =>
        (await library.Now(cancellation)).On(on).AsksAmount(ReferralRules.Category);

    private Task<Entry?> FormerReward(Referral referral, CancellationToken cancellation) =>
        Booked(referral.To!.Value, ReferralRules.FormerRewardOf(referral), cancellation);

    private async Task<Entry?> Booked(MemberId member, string reward, CancellationToken cancellation) =>
        (await store.Read<Entry>(await membership.Survivor(member, cancellation), Entry.IdOf(ReferralRules.Source, reward),
            cancellation))?.Value;

    private async Task<Referral?> BySale(string sale, CancellationToken cancellation) =>
        (await store.Find(IndexQuery.Equal(Referral.SaleIndex, sale), cancellation)).Documents
            .Select(document => document.As<Referral>()).MinBy(one => one.State == ReferralState.Refused);
}
