using Club.Kernel;
using Club.Store;
using Club.Transactions;

namespace Club.Referrals;

/// <summary>
/// Notes with a referral the bill that tells its vehicle: the ledger keeps no VIN, and whoever buys need not have told hers. It is noted
/// before the bill is booked, once, however often it comes; one that is never booked matches nothing.
/// </summary>
internal sealed class BilledVehicles(IClubStore store, ReferralLedger referrals) : INotesBills
{
    /// <exception cref="StoreException">A merge is bringing a referral along: whoever asked tries again.</exception>
    public async Task Note(MemberId memberId, Incoming.Recorded message, CancellationToken cancellation)
    {
        if (message.Transaction.Lines.All(line => line.Category != ReferralRules.Vehicle) || message.Vin is not { } vin) return;
        await foreach (var document in store.FindAll(IndexQuery.Equal(Referral.KnownIndex, vin), cancellation))
            if (document.As<Referral>() is var one && IsToNote(one, message.EntryId))
                await referrals.Change(one, now => new(IsToNote(now, message.EntryId)
                    ? now with { Bills = [.. now.Bills ?? [], message.EntryId] } : now), cancellation);
    }

    private static bool IsToNote(Referral one, string bill) => one.State == ReferralState.Open
        && !(one.Bills ?? []).Contains(bill) && (one.Bills?.Count ?? 0) < Referral.MostBills;
}
