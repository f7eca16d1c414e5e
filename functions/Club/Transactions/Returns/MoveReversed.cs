using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Transactions;

/// <summary>What was returned of transactions goes along with their entries, and before them: a return that comes meanwhile knows what was
/// returned before.</summary>
internal sealed class MoveReversed(IClubStore store, MemberLedger ledger) : IMovesOnMerge
{
    public async Task BeforeEntries(IReadOnlyList<Entry> entries, MemberId to, CancellationToken cancellation)
    {
        foreach (var (member, original) in entries.Select(entry => (entry.MemberId, (entry.Cause as Cause.Reversal)?.Original)).Distinct())
        {
            if (original is null || await store.Read<Reversed>(member, Reversed.IdOf(original), cancellation) is not { } state) continue;
            var survivor = await ledger.Load(to, cancellation);
            // Each by itself: what exists was copied by an earlier try.
            await store.Commit(survivor.MemberId, [state.Value.ToCreate()], cancellation);
        }
    }
}
