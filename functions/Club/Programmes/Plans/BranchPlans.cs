using Club.Kernel;

namespace Club.Programmes;

/// <summary>The plans of all dealers as they are known at one moment. Never changes.</summary>
public sealed class BranchPlans
{
    private readonly IReadOnlyDictionary<DealerId, PlansOfDealer> _byDealer;

    internal BranchPlans(IReadOnlyDictionary<DealerId, PlansOfDealer> byDealer) => _byDealer = byDealer;

    public static BranchPlans None { get; } = new(new Dictionary<DealerId, PlansOfDealer>());

    internal int Count => _byDealer.Count;

    internal PlansOfDealer? Of(DealerId dealer) => _byDealer.GetValueOrDefault(dealer);

    /// <summary>The rules for what happens at a dealer: a rule book with the plan that is in force there at that moment.</summary>
    public Programme Over(Programme programme, DealerId? dealer, DateTimeOffset at) =>
        _byDealer.Count > 0 && programme.BranchPlans is not null && dealer is { } known
            && _byDealer.GetValueOrDefault(known)?.At(at) is { } plan ? plan.Over(programme) : programme;
}

/// <summary>One dealer's plan in its versions.</summary>
/// <param name="Versions">The latest first.</param>
/// <param name="ETag">Of the state that they were read with.</param>
internal sealed record PlansOfDealer(IReadOnlyList<BranchPlan> Versions, IReadOnlyList<PlanPause> Pauses, string ETag)
{
    /// <summary>The plan in force: the latest written of those that have begun; null: none, or it is suspended.</summary>
    public BranchPlan? At(DateTimeOffset at)
    {
        foreach (var pause in Pauses)
            if (pause.From <= at && !(pause.Until <= at)) return null;
        foreach (var version in Versions)
            if (version.From <= at) return version;
        return null;
    }
}
