using Club.Identity;
using Club.Kernel;
using Club.Programmes;

namespace Club.Earning;

/// <summary>Something a source system says happened, already read and checked. <see cref="Source"/> and <see cref="Id"/> are its
/// idempotency key.</summary>
/// <param name="At">When it happened.</param>
/// <param name="On">The business date of <paramref name="At"/> in the brand's time zone.</param>
/// <param name="BookedDaysAhead">Days between booking and visit.</param>
public sealed record Transaction(
    string Source,
    string Id,
    DateTimeOffset At,
    DateOnly On,
    DealerId? DealerId,
    string? Channel,
    string? PaymentMethod,
    int? BookedDaysAhead,
    string? Campaign,
    IReadOnlyList<TransactionLine> Lines)
{
    /// <summary>The name of the queue key with which it was sent; null where the host does not know.</summary>
    public string? SentWith { get; init; }

    /// <summary>The vehicle that it was for.</summary>
    public Vin? Vehicle { get; init; }

    /// <summary>What its odometer showed, in kilometres.</summary>
    public int? Odometer { get; init; }

    /// <summary>An event for which all its points wait that do not wait for another one.</summary>
    public string? Awaits { get; init; }

    /// <summary>Who approved that it gives more than a message gives by itself; null when nobody had to.</summary>
    public string? ApprovedBy { get; init; }
}

/// <param name="Category"><c>vehicle</c> (with <paramref name="Model"/>), <c>parts</c>, <c>labour</c>… The list is open: the programme says
/// what earns.</param>
/// <param name="Amount">CNY, never negative.</param>
public sealed record TransactionLine(string LineId, string Category, string? Sku, string? Model, decimal Quantity, Money Amount);

/// <summary>What the rules may know about the member beyond the transaction, as it was known when the transaction was booked.</summary>
/// <param name="Tier">The code of the tier held when the transaction happened.</param>
public sealed record EarningFacts(TierCode Tier)
{
    public DateOnly? JoinedOn { get; init; }

    /// <summary>1–12.</summary>
    public int? BirthMonth { get; init; }
    public IReadOnlyList<OwnedVehicle> Vehicles { get; init; } = [];
    public IReadOnlyList<string> Hobbies { get; init; } = [];

    /// <summary>D, G or S by spend; null until it is known.</summary>
    public string? ValueClass { get; init; }

    /// <summary>A, B or C by visits; null until it is known.</summary>
    public string? LoyaltyClass { get; init; }

    /// <summary>Whether another member recruited this one.</summary>
    public bool Referred { get; init; }

    /// <summary>The categories of the transaction that the member never bought in before.</summary>
    public IReadOnlyList<string> FirstCategories { get; init; } = [];
}

public sealed record OwnedVehicle(string? Model, DateOnly? PurchasedOn);

/// <summary>What one rule gives to one line.</summary>
public sealed record Award
{
    private readonly CompiledRule _rule;
    private readonly Basis _basis;
    private readonly Points _earned;

    internal Award(string? lineId, CompiledRule rule, Basis basis, Points points) =>
        (LineId, _rule, _basis, _earned, Points) = (lineId, rule, basis, points, points);

    /// <summary>The line that earned; null for an award to the transaction as a whole.</summary>
    public string? LineId { get; }

    /// <summary>What it gives, after caps and budgets.</summary>
    public Points Points { get; init; }

    /// <summary>What caps and budgets left out, in the order in which they were asked.</summary>
    public IReadOnlyList<CapCut> Cuts { get; init; } = [];

    public EarningRule By => _rule.Rule;
    public string Rule => By.Id;
    public WalletCode Wallet => By.Wallet;

    /// <summary>How the points came about before caps.</summary>
    public Calculation Calculation => _rule.Calculate(_basis, _earned);

    /// <summary>The same in words, e.g. <c>490 × 1 % = 4.9</c>.</summary>
    public string Arithmetic => Calculation.In(Language.English);
}

/// <summary>What a cap or a budget took from an award.</summary>
/// <param name="Cap">Which: <c>rule:parts</c>, <c>group:spring</c>, <c>wallet:club</c> or <c>budget:spring</c>.</param>
/// <param name="Per">The period; null for a budget.</param>
/// <param name="Limit">The most that it allows in the period.</param>
/// <param name="Used">What was used of it before.</param>
public sealed record CapCut(string Cap, CapPeriod? Per, Points Limit, Points Used, Points Points);
