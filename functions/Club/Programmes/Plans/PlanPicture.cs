using Club.Kernel;
using Club.Store;

namespace Club.Programmes;

/// <summary>Reads the plans of all dealers: one look for what has changed, and once each version that is new.</summary>
internal sealed class PlanPicture(IClubStore store)
{
    private const int Page = 1000;

    public async Task<BranchPlans> Read(BranchPlans before, CancellationToken cancellation)
    {
        var found = new Dictionary<DealerId, PlansOfDealer>();
        var isSame = true;
        await foreach (var document in store.FindAll(new IndexQuery(DealerPlan.CodeIndex, "", IndexQuery.Last, Limit: Page), cancellation))
        {
            var (plan, known) = (document.As<DealerPlan>(), before.Of(document.As<DealerPlan>().DealerId));
            isSame &= known?.ETag == document.ETag;
            found[plan.DealerId] = known?.ETag == document.ETag ? known
                : new PlansOfDealer(await Versions(plan, known, cancellation), plan.Pauses, document.ETag);
        }
        return isSame && before.Count == found.Count ? before : new BranchPlans(found);
    }

    /// <summary>A version that is known stays the very same, and with it what was worked out of it.</summary>
    private async Task<IReadOnlyList<BranchPlan>> Versions(DealerPlan plan, PlansOfDealer? known, CancellationToken cancellation)
    {
        var versions = new List<BranchPlan>(plan.Versions.Count);
        foreach (var line in plan.Versions.Reverse())
            versions.Add(known?.Versions.FirstOrDefault(one => one.Number == line.Number)
                ?? await Version(plan.DealerId, line, cancellation));
        return versions;
    }

    private async Task<BranchPlan> Version(DealerId dealer, PlanLine line, CancellationToken cancellation)
    {
        var stored = await store.Read<PlanVersion>(DealerPlan.PartitionOf(dealer), PlanVersion.IdOf(line.Number), cancellation)
            ?? throw new StoreException($"The plan of dealer {dealer} names version {line.Number}, which is not there.");
        return new BranchPlan(dealer, line.Number, line.From, stored.Value.Plan);
    }
}
