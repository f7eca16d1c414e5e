using Club.Earning;
using Club.Kernel;

namespace Club.Ledger;

/// <summary>Why one line of a transaction earned, or lost, what it did: facts only.</summary>
/// <param name="LineId">Null for what concerns the transaction as a whole.</param>
/// <param name="Amount">The amount of the line (of an accrual) or the amount reversed (of a reversal).</param>
/// <param name="Rule">The rule that awarded the points; null when none matched.</param>
/// <param name="Calculation">Null where no rule awards points to the line.</param>
public sealed record Explanation(string? LineId, string? Category, Money? Amount, string? Rule, Points Points, Calculation? Calculation)
{
    /// <summary>What caps and budgets left out.</summary>
    public IReadOnlyList<CapCut>? Cuts { get; init; }

    /// <summary>Who pays for the points; sums to <see cref="Points"/>.</summary>
    public IReadOnlyList<Funding>? Funding { get; init; }

    /// <summary>The lot that the points went into, or were to come from; null when none were given.</summary>
    public string? Lot { get; init; }

    public string In(Language language) => Calculation switch
    {
        null => language.Say("no rule awards points to this line", "没有规则给予积分"),
        // What was taken has its sign.
        { How: How.Adjusted } adjusted => (adjusted with { Of = Points.Value }).In(language),
        { } known => known.In(language),
    };
}
