using Club.Kernel;

namespace Club.Programmes;

/// <summary>What earns a tier: a tree of measures.</summary>
public abstract record Criterion
{
    private Criterion() { }

    public sealed record Any(IReadOnlyList<Criterion> Of) : Criterion;

    public sealed record All(IReadOnlyList<Criterion> Of) : Criterion;

    /// <param name="Categories">Empty: every category.</param>
    /// <param name="Wallet">Only with points: whose points. Spend and count are summed over all wallets.</param>
    /// <param name="Threshold">Points, CNY or a number of lines.</param>
    /// <param name="MoreThan">Whether the threshold itself is not enough.</param>
    /// <param name="WindowMonths">The rolling window (date − months, date]; null: everything ever.</param>
    public sealed record Measure(
        Metric Metric, IReadOnlyList<string> Categories, WalletCode? Wallet, decimal Threshold, bool MoreThan,
        int? WindowMonths) : Criterion
    {
        public bool IsMetBy(decimal have) => MoreThan ? have > Threshold : have >= Threshold;
    }
}

public enum Metric { Points, Spend, Count }
