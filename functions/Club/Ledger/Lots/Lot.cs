using System.Text.Json.Serialization;
using Club.Earning;
using Club.Kernel;

namespace Club.Ledger;

/// <summary>All points of one wallet that were earned on the same terms, so that a day's hundred bills are one lot. Spent
/// first-expiring-first, then oldest.</summary>
/// <param name="Id">Follows from the terms, or <see cref="Debt"/>.</param>
/// <param name="Remaining">What is left; negative only for <see cref="Debt"/>.</param>
/// <param name="LapsesOn">The first business date on which it no longer counts; null for never.</param>
/// <param name="AvailableOn">The business date from which it may be spent, when that is later than it was earned (待生效).</param>
/// <param name="Awaits">The event of the source system before which it may not be spent; such a lot is of one transaction.</param>
public sealed record Lot(string Id, Points Remaining, DateOnly EarnedOn, DateOnly? LapsesOn = null, DateOnly? AvailableOn = null,
    string? Awaits = null)
{
    /// <summary>What a reversal took beyond what was left: repaid first by whatever is earned next.</summary>
    public const string Debt = "debt";

    /// <summary>What a point of it costs, in CNY: the wallet's unit cost on the day of earning; null for a debt.</summary>
    public decimal? UnitCost { get; init; }

    /// <summary>The dealer at whom it was earned.</summary>
    public DealerId? DealerId { get; init; }

    /// <summary>Who pays for what is left; sums to <see cref="Remaining"/>. Empty when the programme names no funders.</summary>
    public IReadOnlyList<Funding> Payers { get; init; } = [];

    public bool HasLapsed(DateOnly today) => LapsesOn <= today;
    public bool IsPending(DateOnly today) => AvailableOn > today || Awaits is not null;

    /// <summary>The line that takes a part of it; its payers bear it as they share the lot.</summary>
    public LotLine Take(Points part) => new(Id, -part, EarnedOn, LapsesOn, AvailableOn, Awaits)
    {
        UnitCost = UnitCost,
        DealerId = DealerId,
        Payers = FundingRules.Negated(FundingRules.PartOf(Payers, part)),
    };

    /// <summary>Whether its points cost the same and are paid for by the same, wherever and whenever they were earned.</summary>
    public bool CostsAs(LotLine line) =>
        UnitCost == line.UnitCost && DealerId == line.DealerId
            && Payers.Select(payer => payer.Funder).SequenceEqual(line.Payers.Select(payer => payer.Funder));

    public bool Equals(Lot? other) => other is not null
        && (Id, Remaining, EarnedOn, LapsesOn, AvailableOn, Awaits, UnitCost, DealerId)
            == (other.Id, other.Remaining, other.EarnedOn, other.LapsesOn, other.AvailableOn, other.Awaits, other.UnitCost, other.DealerId)
        && Payers.SequenceEqual(other.Payers);

    public override int GetHashCode() => HashCode.Combine(Id, Remaining, EarnedOn, LapsesOn);
}

/// <summary>What one entry did to one lot, with the lot's terms.</summary>
/// <param name="Lot">Or <see cref="All"/>.</param>
public sealed record LotLine(string Lot, Points Points, DateOnly EarnedOn, DateOnly? LapsesOn = null, DateOnly? AvailableOn = null,
    string? Awaits = null)
{
    /// <summary>
    /// A line of zero points for all lots that have not lapsed on <see cref="EarnedOn"/>: the member was active, and they lapse on
    /// <see cref="LapsesOn"/> if not later.
    /// </summary>
    public const string All = "*";

    [JsonConverter(typeof(PlainNumberConverter))] public decimal? UnitCost { get; init; }
    public DealerId? DealerId { get; init; }

    /// <summary>Whose points they are; sums to <see cref="Points"/>.</summary>
    public IReadOnlyList<Funding> Payers { get; init; } = [];

    /// <summary>The same line with fewer points.</summary>
    public LotLine Less(Points part) => part.IsZero
        ? this : this with { Points = Points - part,
        Payers = FundingRules.Sum(Payers, FundingRules.Negated(FundingRules.PartOf(Payers, part))) };

    /// <summary>The line that puts back what this one took.</summary>
    public LotLine Back() => this with { Points = -Points, Payers = FundingRules.Negated(Payers) };

    public bool Equals(LotLine? other) => other is not null
        && (Lot, Points, EarnedOn, LapsesOn, AvailableOn, Awaits, UnitCost, DealerId)
            == (other.Lot, other.Points, other.EarnedOn, other.LapsesOn, other.AvailableOn, other.Awaits, other.UnitCost, other.DealerId)
        && Payers.SequenceEqual(other.Payers);

    public override int GetHashCode() => HashCode.Combine(Lot, Points, EarnedOn, LapsesOn);
}
