using Club.Transactions;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Referrals;

/// <summary>What has become of vehicles that were bought.</summary>
public sealed class VehicleSales(IClubStore store, Membership membership)
{
    /// <summary>Whether a vehicle was returned in full by now.</summary>
    /// <param name="sale">The entry of the purchase.</param>
    /// <param name="line">The line of the vehicle.</param>
    public async ValueTask<bool> IsGone(MemberId buyer, string sale, string line, CancellationToken cancellation)
    {
        buyer = await membership.Survivor(buyer, cancellation);
        var booked = await store.Read<Entry>(buyer, sale, cancellation);
        var reversed = await store.Read<Reversed>(buyer, Reversed.IdOf(sale), cancellation);
        return booked is not null && reversed is not null && ReferralRules.VehicleOf(booked.Value)?.Amount == reversed.Value.Of(line);
    }
}
