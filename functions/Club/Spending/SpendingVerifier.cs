using Club.Ledger;
using Club.Store;

namespace Club.Spending;

/// <summary>What an account keeps for a redemption is what the redemption tells, and no more is owed by an overdraft than at all.</summary>
internal sealed class SpendingVerifier(IClubStore store) : IVerifies
{
    public async Task Verify(Document document, Action<string> differs, CancellationToken cancellation)
    {
        if (document.Type == "redemption") await Verify(document.As<Redemption>(), differs, cancellation);
        if (document.Type != "account") return;
        // The state of now: a till may have ended a hold since the document was read.
        if (await store.Read<Account>(document.Partition, Account.Id, cancellation) is not { Value: { MergedInto: null,
            Absorbs: null } account })
            return;
        foreach (var hold in account.Holds ?? [])
            if (await store.Read<Redemption>(account.MemberId, hold.Id, cancellation) is not { Value: var one }
                || one.State == RedemptionState.Held && (one.Points != hold.Kept + hold.Overdrawn || one.Wallet != hold.Wallet))
                differs($"Member {account.MemberId}: {hold.Kept} points are kept for redemption {hold.Id}, which does not tell of them.");
        foreach (var owed in account.Overdrafts ?? [])
            if (owed.Points > -(account.Wallet(owed.Wallet).Debt?.Remaining ?? Kernel.Points.Zero))
                differs($"Member {account.MemberId}: {owed.Points} points of wallet {owed.Wallet} are owed by an overdraft, more than at all.");
    }

    private async Task Verify(Redemption seen, Action<string> differs, CancellationToken cancellation)
    {
        if (await store.Read<Redemption>(seen.MemberId, seen.Id, cancellation) is not { Value: var one }) return;
        if (await store.Read<Account>(one.MemberId, Account.Id, cancellation) is not { Value: { MergedInto: null, Absorbs: null } account })
            return;
        foreach (var entryId in EntriesOf(one))
            if (await store.Read(one.MemberId, entryId, cancellation) is null)
                differs($"Member {one.MemberId}: redemption {one.Id} is {one.State}, and the ledger has no entry {entryId} of it.");
        var isKept = account.Holds?.Any(hold => hold.Id == one.Id) ?? false;
        if (isKept == (one.State == RedemptionState.Held)) return;
        if (await store.Read<Redemption>(seen.MemberId, seen.Id, cancellation) is { Value: var again } && again.State == one.State)
            differs($"Member {one.MemberId}: redemption {one.Id} is {one.State}, and the account {(isKept ? "keeps points for it" : "keeps nothing for it")}.");
    }

    /// <summary>What was spent, and each part that was given back.</summary>
    private static IEnumerable<string> EntriesOf(Redemption one)
    {
        if (one.State is not (RedemptionState.Confirmed or RedemptionState.Refunded)) yield break;
        yield return Entry.IdOf(RedeemRules.Source, one.Id);
        for (var part = 1; part <= one.Parts; part++) yield return Entry.IdOf(RedeemRules.Source, RefundRules.SourceIdOf(one,
            part));
    }
}
