using System.Text.Json.Serialization;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>One way to earn. Every condition must hold; a rule without conditions holds for every line.</summary>
/// <param name="Wallet">Where the points go. For a multiplier: whose points it multiplies.</param>
/// <param name="Group">The code of the stacking group in which it competes; rules of no group add up.</param>
/// <param name="Source">Where the rule comes from, quoted.</param>
/// <param name="From">The first business date of the transactions it judges.</param>
/// <param name="To">The last one.</param>
public sealed record EarningRule(
    string Id,
    string Name,
    IReadOnlyList<Condition> When,
    Reward Award,
    Rounding Rounding,
    WalletCode Wallet,
    string? Group = null,
    string? Source = null,
    DateOnly? From = null,
    DateOnly? To = null)
{
    /// <summary>The higher goes first: in a group that takes the first, and where a cap or a budget runs out.</summary>
    public int Priority { get; init; }

    /// <summary>What one member can get from this rule.</summary>
    public IReadOnlyList<Cap> Caps { get; init; } = [];

    /// <summary>The code of the budget that pays, for all members together.</summary>
    public string? Budget { get; init; }

    /// <summary>Who pays, in shares that sum to 100 %; empty: the programme's first funder.</summary>
    public IReadOnlyList<FundingShare> Funding { get; init; } = [];

    /// <summary>When the points can be spent; null: at once.</summary>
    public Pending? Pending { get; init; }

    /// <summary>When they lapse; null: as the wallet says.</summary>
    public ExpiryPolicy? Expiry { get; init; }

    /// <summary>Whose plan it is of; null: it is the rule book's own.</summary>
    public PlanOfRule? OfPlan { get; init; }

    /// <summary>What its caps are counted under: a rule of a plan keeps its count when the dealer writes the plan anew.</summary>
    public string CountedAs => OfPlan is { } plan ? $"{plan.Dealer}/{plan.Rule}" : Id;
}

/// <param name="Dealer">Who wrote it, and pays.</param>
/// <param name="Rule">The rule's id in the plan.</param>
public sealed record PlanOfRule(DealerId Dealer, string Rule);

/// <summary>The most points in a period. Periods are calendar periods of the business date of the transaction.</summary>
public sealed record Cap(CapPeriod Per, Points Points);

[JsonConverter(typeof(CamelCaseEnum<CapPeriod>))]
public enum CapPeriod { Transaction, Day, Month, Year, Lifetime }

/// <summary>The most that one member can get into a wallet by rules.</summary>
public sealed record WalletCap(WalletCode Wallet, Cap Cap);

/// <summary>Rules that compete.</summary>
/// <param name="Caps">What one member can get from all rules of the group together.</param>
public sealed record StackingGroup(string Code, Stacking Stacking, IReadOnlyList<Cap> Caps);

public enum Stacking
{
    /// <summary>The rule that gives most, and the first of equals.</summary>
    BestOf,

    /// <summary>All of them: a group for the sake of its caps.</summary>
    Sum,

    /// <summary>The first by priority, then by order in the file.</summary>
    First,
}

/// <summary>What a campaign may cost, in points, over all members; first come, first served.</summary>
public sealed record Budget(string Code, string Name, Points Points);

/// <summary>Somebody who pays for points 出资方.</summary>
public sealed record Funder(string Code, string Name);

/// <param name="Percent">Of the award.</param>
public sealed record FundingShare(string Funder, decimal Percent);

/// <summary>Earned, and not yet to be spent 待生效.</summary>
public abstract record Pending
{
    private Pending() { }

    public sealed record Until(DateOnly Date) : Pending;

    /// <summary>So many days after the business date of the transaction.</summary>
    public sealed record Days(int Count) : Pending;

    /// <summary>Until the source system says that it happened, e.g. <c>delivered</c>.</summary>
    public sealed record Event(string Name) : Pending;
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
