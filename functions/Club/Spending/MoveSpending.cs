using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Spending;

/// <summary>Redemptions go along with their entries, and before them: whoever follows one up finds it.</summary>
internal sealed class MoveSpending(IClubStore store) : IMovesOnMerge
{
    private static readonly IndexQuery All = new(Redemption.MemberIndex, "", IndexQuery.Last, Limit: 50);

    public async Task BeforeEntries(IReadOnlyList<Entry> entries, MemberId to, CancellationToken cancellation)
    {
        foreach (var from in entries.Select(entry => entry.MemberId).Distinct())
            await store.MoveAll<Redemption>(All, from, to, one => one with { MemberId = to }, cancellation);
    }
}
