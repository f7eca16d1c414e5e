using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Store;
using Club.Transactions;

namespace Club.Referrals;

/// <summary>
/// Follows the ledger: whoever was asked and has bought is rewarded by the rule book, for as long as the purchase stands. Follows the
/// member too: an open one goes with her to another branch, and ends with her or with her vehicle. Each step may come twice.
/// </summary>
public sealed class RepurchaseFollower(IClubStore store, RepurchaseLedger repurchases, VehicleSales sales, OwnTransactions transactions)
    : IFollows
{
    public string Name => "repurchases";

    public async Task Follow(Document happened, CancellationToken cancellation)
    {
        if (happened.Type == "event")
        {
            if (happened.As<MemberEvent>() is var told && MayChange(told)) await repurchases.Settle(told.MemberId, cancellation);
            return;
        }
        if (happened.Type != "entry") return;
        var entry = happened.As<Entry>();
        // What a merge books again was followed where it was booked first, and so is what follows from a repurchase itself.
        if (entry.MergedFrom is not null || entry.Source == RepurchaseRules.Source) return;
        if (entry.Cause is Cause.Reversal { Original: var original }) await TakeBack(entry, original, cancellation);
        else if (ReferralRules.VehicleOf(entry) is { } vehicle && await repurchases.Win(entry, vehicle, cancellation) is { } won)
            await Reward(won, entry, vehicle, cancellation);
    }

    /// <summary>Whether somebody else may have to ask her by it, or nobody.</summary>
    private static bool MayChange(MemberEvent told) => told.Kind is MemberEventKind.Transferred or MemberEventKind.Merged
        or MemberEventKind.Left or MemberEventKind.DisputeSettled
        || told is { Kind: MemberEventKind.ProfileChanged, Changed: { } changed } && changed.Any(one => one is "vehicles" or "dealerId");

    private async Task Reward(Repurchase won, Entry sale, InputLine vehicle, CancellationToken cancellation)
    {
        var receipt = await transactions.Record(won.MemberId, RepurchaseRules.Reward(won, sale, vehicle), cancellation);
        // Why she was not rewarded stays with it, where staff see it.
        if (receipt is { Fate: Fate.Rejected, Problem.Code: var why })
            await Change(won, now => now with { Reason = why }, cancellation);
    }

    private async Task TakeBack(Entry reversal, string original, CancellationToken cancellation)
    {
        var found = await store.Find(IndexQuery.Equal(Repurchase.SaleIndex, original), cancellation);
        if (found.Documents.Select(document => document.As<Repurchase>()).FirstOrDefault() is not { } won) return;
        var amount = ReferralRules.ReturnedOf(reversal, won.SaleLine!);
        if (amount == Money.Zero) return;
        await transactions.Reverse(won.MemberId, new Reversal(RepurchaseRules.Source, $"{won.Id}/{reversal.Source}/{reversal.SourceId}",
            reversal.At, reversal.On, won.Id, null, [new ReversedLine("1", amount)]), cancellation);
        if (await sales.IsGone(won.MemberId, original, won.SaleLine!, cancellation))
            await Change(won, now => now with { State = RepurchaseState.Lost, Reason = RepurchaseRules.Returned }, cancellation);
    }

    private async Task Change(Repurchase known, Func<Repurchase, Repurchase> decide, CancellationToken cancellation)
    {
        var changed = await repurchases.Change(known.MemberId, known.Id, (now, _, _) => decide(now), cancellation);
        if (changed.Problem is { Kind: not ProblemKind.NotFound })
            throw new StoreException($"Repurchase {known.Id} is on its way to another member.");
    }
}
