using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Benefits;

/// <summary>When two members become one, the uses go along: what was used stays used, and a repeated key is still told. Can be
/// repeated.</summary>
internal sealed class MoveBenefits(IClubStore store, MemberLedger ledger) : IMovesOnMerge
{
    private const int UsesPerCommit = 40;

    public async Task AfterEntries(Account from, MemberId to, CancellationToken cancellation)
    {
        var uses = new List<BenefitUse>();
        await foreach (var document in store.FindAll(new IndexQuery(BenefitUse.MemberIndex, "", IndexQuery.Last, Partition: from.MemberId),
            cancellation))
            uses.Add(document.As<BenefitUse>());
        foreach (var part in uses.OrderBy(use => use.At).Chunk(UsesPerCommit)) await Move(part, to, cancellation);
    }

    private Task<bool> Move(IReadOnlyList<BenefitUse> uses, MemberId memberId, CancellationToken cancellation) =>
        ledger.Change(memberId, (trial, token) => store.Read<BenefitState>(trial.Account.MemberId, BenefitState.Id, token),
        (journal, stored) =>
    {
        var member = journal.Account.MemberId;
        var open = uses.Where(use => !journal.Met(use.Id)).ToArray();
        if (open.Length == 0) return false;
        var state = stored?.Value ?? new BenefitState { MemberId = member };
        foreach (var use in open)
        {
            journal.Attach(use with { MemberId = member });
            state = state.After(use);
        }
        journal.Attach(state, stored?.ETag);
        return true;
    }, cancellation);
}
