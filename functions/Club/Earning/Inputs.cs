using System.Text.Json.Serialization;
using Club.Kernel;

namespace Club.Earning;

/// <summary>What the rules were asked about, kept with the entry: so that it can be explained, and judged again under another
/// programme.</summary>
/// <param name="Tier">The tier held when it happened.</param>
/// <param name="Facts">What else was known of the member; null when no rule of the programme asked.</param>
public sealed record Inputs(
    string? Channel, string? PaymentMethod, int? BookedDaysAhead, string? Campaign, IReadOnlyList<InputLine> Lines, TierCode Tier,
    EarningFacts? Facts)
{
    public static Inputs Of(Transaction transaction, EarningFacts facts) => new(
        transaction.Channel, transaction.PaymentMethod, transaction.BookedDaysAhead, transaction.Campaign,
        [.. transaction.Lines.Select(InputLine.Of)], facts.Tier, facts == new EarningFacts(facts.Tier) ? null : facts);

    public EarningFacts ToFacts() => Facts ?? new EarningFacts(Tier);
}

/// <param name="Quantity">Null: 1.</param>
public sealed record InputLine(
    string LineId, string Category, string? Sku, string? Model, [property: JsonConverter(typeof(PlainNumberConverter))] decimal? Quantity,
    Money Amount)
{
    public static InputLine Of(TransactionLine line) =>
        new(line.LineId, line.Category, line.Sku, line.Model, line.Quantity == 1 ? null : line.Quantity, line.Amount);

    public TransactionLine ToLine() => new(LineId, Category, Sku, Model, Quantity ?? 1, Amount);
}
