using Club.Store;

namespace Club.Benefits;

/// <summary>Every use that a count tells of must be there, and no other.</summary>
internal sealed class BenefitVerifier(IClubStore store) : IVerifies
{
    public async Task Verify(Document document, Action<string> differs, CancellationToken cancellation)
    {
        // The state of now: a use may have come since the document was read.
        if (document.Type != "benefits" || await store.Read<BenefitState>(document.Partition, BenefitState.Id, cancellation)
            is not { Value: var state })
            return;
        var uses = new List<BenefitUse>();
        await foreach (var use in store.FindAll(new IndexQuery(BenefitUse.MemberIndex, "", IndexQuery.Last, Partition: state.MemberId),
            cancellation))
            uses.Add(use.As<BenefitUse>());
        foreach (var count in state.Counts)
        {
            var used = uses.Where(use => use.Benefit == count.Benefit && use.Period?.From == count.From).Sum(use => use.IsUndo ? -1 : 1);
            if (used != count.Used)
                differs($"Member {state.MemberId}: {count.Used} of benefit {count.Benefit} count as used since {count.From:yyyy-MM-dd}, the uses are {used}.");
        }
    }
}
