using Club.Kernel;

namespace Club.Ledger;

/// <summary>Something a source system says happened, already read and checked. <see cref="Source"/> and <see cref="Id"/> are its idempotency key.</summary>
/// <param name="At">When it happened.</param>
/// <param name="On">The business date of <paramref name="At"/> in the brand's time zone.</param>
/// <param name="BookedDaysAhead">Days between booking and visit.</param>
public sealed record Transaction(
    string Source,
    string Id,
    DateTimeOffset At,
    DateOnly On,
    string? DealerId,
    string? Channel,
    string? PaymentMethod,
    int? BookedDaysAhead,
    string? Campaign,
    IReadOnlyList<TransactionLine> Lines);

/// <param name="Category"><c>vehicle</c> (with <paramref name="Model"/>), <c>parts</c>, <c>labour</c>… The list is open: the programme says what earns.</param>
/// <param name="Amount">CNY, never negative.</param>
public sealed record TransactionLine(string LineId, string Category, string? Sku, string? Model, decimal Quantity, Money Amount);

/// <summary>What the rules may know about the member beyond the transaction.</summary>
/// <param name="Tier">The code of the tier held when the transaction happened.</param>
public sealed record EarningFacts(string Tier);

/// <summary>What one rule gives to one line.</summary>
/// <param name="LineId">The line that earned; null for an award to the transaction as a whole.</param>
/// <param name="Arithmetic">How the points came about, e.g. <c>490 × 1 % = 4.9</c>.</param>
public sealed record Award(string? LineId, string Rule, string Wallet, Points Points, string Arithmetic);
