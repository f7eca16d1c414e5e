namespace Club.Programmes;

internal static class CriterionOrder
{
    /// <summary>Whether <paramref name="a"/> can be seen to hold only when <paramref name="b"/> holds. May miss it, never errs.</summary>
    public static bool Implies(Criterion a, Criterion b) => (a, b) switch
    {
        (Criterion.Any any, _) => any.Of.All(child => Implies(child, b)),
        (_, Criterion.All all) => all.Of.All(child => Implies(a, child)),
        (Criterion.All all, _) => all.Of.Any(child => Implies(child, b)),
        (_, Criterion.Any any) => any.Of.Any(child => Implies(a, child)),
        (Criterion.Measure have, Criterion.Measure need) => SameMeasure(have, need) && need.IsMetBy(Least(have)),
        _ => false,
    };

    /// <summary>The least value that meets the measure.</summary>
    private static decimal Least(Criterion.Measure measure) =>
        measure.Threshold + (!measure.MoreThan ? 0m : measure.Metric == Metric.Count ? 1m : 0.01m);

    private static bool SameMeasure(Criterion.Measure a, Criterion.Measure b) =>
        a.Metric == b.Metric && a.Wallet == b.Wallet && a.WindowMonths == b.WindowMonths
            && a.Categories.ToHashSet().SetEquals(b.Categories);
}
