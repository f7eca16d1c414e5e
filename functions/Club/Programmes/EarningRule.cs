using Club.Kernel;

namespace Club.Programmes;

/// <summary>One way to earn. Every condition must hold; a rule without conditions holds for every line.</summary>
/// <param name="Group">Of the rules of one group only the best one gives; other rules add up.</param>
/// <param name="Wallet">Where the points go. For a multiplier: whose points it multiplies.</param>
/// <param name="Source">Where the rule comes from, quoted.</param>
/// <param name="From">The first business date of the transactions it judges.</param>
/// <param name="To">The last one.</param>
public sealed record EarningRule(
    string Id,
    string Name,
    IReadOnlyList<Condition> When,
    Reward Award,
    Rounding Rounding,
    string Wallet,
    string? Group = null,
    string? Source = null,
    DateOnly? From = null,
    DateOnly? To = null);

/// <summary>Holds when the dimension has any of the values. Values compare exactly.</summary>
public sealed record Condition(Dimension Dimension, IReadOnlyList<string> Values);

/// <summary>What a condition can ask about: of the line, then of the transaction and its member.</summary>
public enum Dimension { Category, Model, Sku, Tier, Channel, PaymentMethod, Dealer, Campaign }

/// <summary>What a rule gives.</summary>
public abstract record Reward
{
    private Reward() { }

    /// <param name="PerYuan">Points for each CNY of the line's amount.</param>
    public sealed record Rate(decimal PerYuan) : Reward;

    public sealed record Fixed(Points Points, AwardUnit Per) : Reward;

    /// <summary>Adds (factor − 1) times what the rate and fixed rules give to the line in the same wallet. Multipliers do not multiply each other.</summary>
    public sealed record Multiplier(decimal Factor) : Reward;
}

public enum AwardUnit
{
    /// <summary>Once, when any line of the transaction matches.</summary>
    Transaction,

    /// <summary>For each matching line, whatever its quantity.</summary>
    Line,
}

/// <summary>How what one rule gives to one line becomes points. Never applied to a sum of lines or rules.</summary>
/// <param name="To">0.01 or 1.</param>
public readonly record struct Rounding(RoundingMode Mode, Points To)
{
    public static readonly Rounding DownToHundredth = new(RoundingMode.Down, new Points(1));

    /// <summary>Exact hundredths of a point to points.</summary>
    public Points Apply(decimal hundredths)
    {
        var steps = To.Hundredths == 1 ? hundredths : hundredths / To.Hundredths;
        var whole = Mode switch
        {
            RoundingMode.Down => decimal.Floor(steps),
            RoundingMode.Up => decimal.Ceiling(steps),
            _ => decimal.Round(steps, MidpointRounding.AwayFromZero),
        };
        return new Points((long)whole * To.Hundredths);
    }
}

/// <summary><see cref="Nearest"/> takes a half up (四舍五入).</summary>
public enum RoundingMode { Down, Nearest, Up }
