using Club.Kernel;

namespace Club.Programmes;

/// <summary>What a rule gives.</summary>
public abstract record Reward
{
    private Reward() { }

    /// <summary>When it gives: rules of one pass can be compared with each other.</summary>
    public EarningPass Pass => this switch
    {
        Multiplier => EarningPass.Multiplier,
        Fixed { Per: AwardUnit.Transaction } or Steps { Per: AwardUnit.Transaction } => EarningPass.Transaction,
        _ => EarningPass.Line,
    };

    /// <summary>Whether more is given for a dearer line.</summary>
    public bool GoesByAmount => this is Rate or ByMargin or Steps { Of: StepMeasure.Amount };

    /// <param name="PerYuan">Points for each CNY of the line's amount.</param>
    public sealed record Rate(decimal PerYuan) : Reward;

    /// <summary>A rate by gross margin: the one that <see cref="Margin.RateOn"/> gives for the month of the transaction.</summary>
    public sealed record ByMargin(Margin Margin) : Reward;

    public sealed record Fixed(Points Points, AwardUnit Per) : Reward;

    /// <summary>The points of the highest step that is reached; nothing below the first.</summary>
    /// <param name="Table">By ascending <see cref="Step.From"/>.</param>
    public sealed record Steps(StepMeasure Of, AwardUnit Per, IReadOnlyList<Step> Table) : Reward;

    /// <summary>Adds (factor − 1) times what the rate and fixed rules give to the line in the same wallet. Multipliers do not multiply each
    /// other.</summary>
    public sealed record Multiplier(decimal Factor) : Reward;
}

/// <summary>When in the evaluation of a transaction a rule gives: to its lines, on top of what was given to a line, or to all of
/// it.</summary>
public enum EarningPass { Line, Multiplier, Transaction }

public enum AwardUnit
{
    /// <summary>Once, when any line of the transaction matches.</summary>
    Transaction,

    /// <summary>For each matching line, whatever its quantity.</summary>
    Line,

    /// <summary>For each piece of each matching line.</summary>
    Unit,
}

/// <summary>What a step table measures; per transaction, amounts and quantities of the matching lines are summed.</summary>
public enum StepMeasure { Amount, Quantity, BookedDaysAhead }

/// <param name="From">CNY, pieces or days.</param>
public sealed record Step(decimal From, Points Points);
