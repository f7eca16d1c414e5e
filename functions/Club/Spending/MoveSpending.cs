using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Spending;

/// <summary>Redemptions go along with their entries, and before them: whoever follows one up finds it.</summary>
internal sealed class MoveSpending(IClubStore store, MemberLedger ledger) : IMovesOnMerge
{
    public async Task BeforeEntries(IReadOnlyList<Entry> entries, MemberId to, CancellationToken cancellation)
    {
        foreach (var from in entries.Select(entry => entry.MemberId).Distinct())
            await foreach (var document in store.FindAll(new IndexQuery(Redemption.MemberIndex, "", IndexQuery.Last, Partition: from), cancellation))
            {
                var survivor = (await ledger.Load(to, cancellation)).MemberId;
                // Each by itself: what exists was copied by an earlier try.
                await store.Commit(survivor, [(document.As<Redemption>() with { MemberId = survivor }).ToCreate()], cancellation);
            }
    }
}
