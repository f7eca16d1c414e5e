using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Transactions;

/// <summary>
/// Follows the ledger: what a return takes back of points that a dealer's own plan gave comes back to the dealer's budget. What the budget
/// still pays is worked out of what is returned by now, so that the same news twice, or late, comes to the same.
/// </summary>
public sealed class PlanRefunds(IClubStore store, ProgrammeLibrary library, IPlanBudgets dealers) : IFollows
{
    public string Name => "plan-refunds";

    public async Task Follow(Document happened, CancellationToken cancellation)
    {
        if (happened.Type != "entry") return;
        var entry = happened.As<Entry>();
        if (entry.Cause is not Cause.Reversal { Original: var originalId } || entry.DealerId is not { } dealer) return;
        if (await store.Read<Entry>(entry.MemberId, originalId, cancellation) is not { Value: var original }) return;
        var cause = Entry.IdOf(original.Source, original.SourceId);
        var rules = await library.Now(cancellation);
        if (rules.Find(original.ProgrammeVersion, dealer, original.At) is not { BranchPlans: not null } programme) return;
        var before = await dealers.Promised(dealer, original.On, cause, cancellation);
        if (before == Money.Zero) return;
        var reversed = await store.Read<Reversed>(entry.MemberId, Reversed.IdOf(cause), cancellation);
        if (reversed is null) return;
        var kept = new List<(WalletCode Wallet, Points Points)>();
        foreach (var wallet in programme.Wallets)
            if (await store.Read<Entry>(entry.MemberId, Entry.IdOf(original.Source, original.SourceId,
                wallet == programme.DefaultWallet ? null : wallet.Code), cancellation) is { Value: var part })
                kept.Add((wallet.Code, PlanBudgetRules.Kept(programme, part, reversed.Value)));
        var left = PlanBudgetRules.Cost(programme, kept);
        if (left < before) await dealers.Share(dealer, original.On, cause, left, cancellation);
    }
}
