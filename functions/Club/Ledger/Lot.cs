using Club.Kernel;

namespace Club.Ledger;

/// <summary>Points of one accrual, with their own expiry. Spent first-expiring-first, then oldest.</summary>
/// <param name="Id">The id of the entry that brought it, or <see cref="Debt"/>.</param>
/// <param name="Remaining">What is left; negative only for <see cref="Debt"/>.</param>
/// <param name="LapsesOn">The first business date on which it no longer counts; null for never.</param>
/// <param name="AvailableOn">The business date from which it may be spent, when that is later than it was earned (待生效).</param>
/// <param name="Awaits">The event of the source system before which it may not be spent.</param>
public sealed record Lot(string Id, Points Remaining, DateOnly EarnedOn, DateOnly? LapsesOn = null, DateOnly? AvailableOn = null, string? Awaits = null)
{
    /// <summary>What a reversal took beyond what was left: repaid first by whatever is earned next.</summary>
    public const string Debt = "debt";

    public bool HasLapsed(DateOnly today) => LapsesOn <= today;
    public bool IsPending(DateOnly today) => AvailableOn > today || Awaits is not null;
}

/// <summary>What one entry did to one lot. A line of zero points gives the lot its new dates.</summary>
public sealed record LotLine(string Lot, Points Points, DateOnly EarnedOn, DateOnly? LapsesOn = null, DateOnly? AvailableOn = null, string? Awaits = null);

/// <summary>One wallet of one member: its lots, oldest first.</summary>
public sealed record WalletState(string Code, IReadOnlyList<Lot> Lots)
{
    public Points Balance => Lots.Sum(lot => lot.Remaining);

    public Points Available(DateOnly today) => Lots.Where(lot => !lot.HasLapsed(today) && !lot.IsPending(today)).Sum(lot => lot.Remaining);

    public Points Pending(DateOnly today) => Lots.Where(lot => !lot.HasLapsed(today) && lot.IsPending(today)).Sum(lot => lot.Remaining);

    /// <summary>Lots in the order in which they are spent.</summary>
    public IEnumerable<Lot> Spendable(DateOnly today) =>
        Lots.Where(lot => lot.Remaining.IsPositive && !lot.HasLapsed(today) && !lot.IsPending(today))
            .OrderBy(lot => lot.LapsesOn ?? DateOnly.MaxValue).ThenBy(lot => lot.EarnedOn);

    /// <summary>The wallet after <paramref name="line"/>; a lot that is used up is gone.</summary>
    public WalletState With(LotLine line)
    {
        var lots = new List<Lot>(Lots.Count + 1);
        var found = false;
        foreach (var lot in Lots)
        {
            if (lot.Id != line.Lot) { lots.Add(lot); continue; }
            found = true;
            var left = lot.Remaining + line.Points;
            if (line.Points.IsZero) lots.Add(new Lot(lot.Id, lot.Remaining, lot.EarnedOn, line.LapsesOn, line.AvailableOn, line.Awaits));
            else if (!left.IsZero) lots.Add(lot with { Remaining = left });
        }
        if (!found && !line.Points.IsZero) lots.Add(new Lot(line.Lot, line.Points, line.EarnedOn, line.LapsesOn, line.AvailableOn, line.Awaits));
        return this with { Lots = lots };
    }
}
