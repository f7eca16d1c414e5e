using Club.Kernel;
using Club.Programmes;

namespace Club.Earning;

/// <summary>What an award can be computed from.</summary>
/// <param name="Fen">The amount of the line, or of the matching lines together.</param>
/// <param name="Given">For a multiplier: hundredths that other rules give to the line in its wallet.</param>
internal readonly record struct Basis(DateOnly On, long Fen, decimal Quantity, int? BookedDaysAhead, long Given)
{
    public Basis With(long fen, decimal quantity) => this with { Fen = Fen + fen, Quantity = Quantity + quantity };
}

/// <summary>A rule with what can be worked out before any transaction comes.</summary>
internal sealed class CompiledRule
{
    private readonly decimal _factor;
    private readonly Dictionary<Dimension, IReadOnlyList<string>> _values = [];

    public CompiledRule(EarningRule rule)
    {
        Rule = rule;
        Pass = rule.Award.Pass;
        _factor = rule.Award switch
        {
            Reward.Rate rate => rate.PerYuan,
            Reward.Multiplier multiplier => multiplier.Factor - 1,
            Reward.Fixed award => award.Points.Hundredths,
            _ => 0,
        };
        var tested = new List<Condition>();
        foreach (var condition in rule.When)
            if (condition is not Condition.OneOf of || !of.Dimension.IsIndexed || !_values.TryAdd(of.Dimension, of.Values))
                tested.Add(condition);
        AsksMember = DimensionSet.Of(rule.When.SelectMany(condition => condition.Parts).Select(part => part.Asks).OfType<Dimension>()
            .Where(dimension => dimension == Dimension.FirstTime || dimension.NeedsProfile));
        OfLine = Conjunction(tested.Where(AsksLine));
        OfTransaction = Conjunction(tested.Where(condition => !AsksLine(condition)));
    }

    public EarningRule Rule { get; }
    public EarningPass Pass { get; }

    /// <summary>What it asks about the member that is not known before somebody looks it up: what the profile says, and what was bought
    /// before.</summary>
    public DimensionSet AsksMember { get; }

    /// <summary>What must be tested for each line, beside what is looked up.</summary>
    public Condition? OfLine { get; }

    /// <summary>What must be tested once, beside what is looked up.</summary>
    public Condition? OfTransaction { get; }

    /// <summary>The rules of the same group, itself included; null when nothing competes.</summary>
    public ulong[]? Rivals { get; set; }

    /// <summary>Whether the first of the rivals wins, instead of the best.</summary>
    public bool FirstWins { get; set; }

    /// <summary>Whether it needs the sums over all matching lines.</summary>
    public bool Sums => Rule.Award is Reward.Steps { Per: AwardUnit.Transaction };

    /// <summary>The values that a looked-up dimension may have; null: any.</summary>
    public IReadOnlyList<string>? ValuesOf(Dimension dimension) => _values.GetValueOrDefault(dimension);

    public Points Evaluate(in Basis basis) => Rule.Award switch
    {
        Reward.Rate => Rule.Rounding.Apply(basis.Fen * _factor),
        Reward.ByMargin by => Rule.Rounding.Apply(basis.Fen * by.Margin.RateOn(basis.On)),
        Reward.Multiplier => Rule.Rounding.Apply(basis.Given * _factor),
        Reward.Fixed { Per: AwardUnit.Unit } => Rule.Rounding.Apply(_factor * basis.Quantity),
        Reward.Fixed award => award.Points,
        Reward.Steps steps => StepOf(steps, basis)?.Points ?? Points.Zero,
        _ => throw new NotSupportedException($"There is no arithmetic for {Rule.Award.GetType().Name}."),
    };

    /// <summary>How the points come about.</summary>
    public Calculation Calculate(in Basis basis, Points points) => Rule.Award switch
    {
        Reward.Rate rate => new Calculation(How.Rate, basis.Fen / 100m, rate.PerYuan, points),
        Reward.ByMargin by => new Calculation(How.Margin, basis.Fen / 100m, by.Margin.RateOn(basis.On), points, by.Margin.Code),
        Reward.Multiplier multiplier => new Calculation(How.Multiplier, basis.Given / 100m, multiplier.Factor, points),
        Reward.Fixed { Per: AwardUnit.Unit } award => new Calculation(How.PerUnit, award.Points.Value, basis.Quantity, points),
        Reward.Fixed { Per: AwardUnit.Line } award => new Calculation(How.PerLine, award.Points.Value, null, points),
        Reward.Fixed award => new Calculation(How.PerTransaction, award.Points.Value, null, points),
        Reward.Steps steps => new Calculation(How.Step, Measured(steps, basis) ?? 0, StepOf(steps, basis)?.From ?? 0, points),
        _ => throw new NotSupportedException($"There is no arithmetic for {Rule.Award.GetType().Name}."),
    };

    private static Step? StepOf(Reward.Steps steps, in Basis basis)
    {
        if (Measured(steps, basis) is not { } measured) return null;
        for (var i = steps.Table.Count - 1; i >= 0; i--)
            if (measured >= steps.Table[i].From) return steps.Table[i];
        return null;
    }

    private static decimal? Measured(Reward.Steps steps, in Basis basis) => steps.Of switch
    {
        StepMeasure.Amount => basis.Fen / 100m,
        StepMeasure.Quantity => basis.Quantity,
        _ => basis.BookedDaysAhead,
    };

    private static bool AsksLine(Condition condition) => condition.Parts.Any(part => part.Asks?.IsOfLine ?? false);

    private static Condition? Conjunction(IEnumerable<Condition> conditions) => conditions.ToArray() switch
    {
        [] => null,
        [var only] => only,
        var several => new Condition.All(several),
    };
}
