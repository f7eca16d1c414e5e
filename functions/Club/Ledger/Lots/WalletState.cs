using System.Text.Json.Serialization;
using Club.Earning;
using Club.Kernel;

namespace Club.Ledger;

/// <summary>One wallet of one member: its lots, in the order in which they came.</summary>
[JsonConverter(typeof(WalletStateJson))]
public sealed record WalletState(string Code, IReadOnlyList<Lot> Lots)
{
    public Points Balance => Lots.Sum(lot => lot.Remaining);

    /// <summary>What a reversal took beyond what was left; null when nothing is owed.</summary>
    public Lot? Debt => Lots.FirstOrDefault(lot => lot.Id == Lot.Debt);

    public Points Available(DateOnly today) => Lots.Where(lot => !lot.HasLapsed(today) && !lot.IsPending(today)).Sum(lot => lot.Remaining);

    public Points Pending(DateOnly today) => Lots.Where(lot => !lot.HasLapsed(today) && lot.IsPending(today)).Sum(lot => lot.Remaining);

    /// <summary>Lots in the order in which they are spent.</summary>
    public IEnumerable<Lot> Spendable(DateOnly today) =>
        Lots.Where(lot => lot.Remaining.IsPositive && !lot.HasLapsed(today) && !lot.IsPending(today))
            .OrderBy(lot => lot.LapsesOn ?? DateOnly.MaxValue).ThenBy(lot => lot.EarnedOn);

    /// <summary>The wallet after <paramref name="line"/>; a lot that is used up is gone.</summary>
    public WalletState With(LotLine line)
    {
        if (line.Lot == LotLine.All) return this with { Lots = [.. Lots.Select(lot => Lasts(lot, line) ? lot with { LapsesOn = line.LapsesOn } : lot)] };
        if (line.Points.IsZero) return this;
        var lots = new List<Lot>(Lots.Count + 1);
        var found = false;
        foreach (var lot in Lots)
        {
            // One that lapsed and was not yet taken is another lot than what is earned late on the same terms.
            if (found || lot.Id != line.Lot || lot.LapsesOn != line.LapsesOn) { lots.Add(lot); continue; }
            found = true;
            var left = lot.Remaining + line.Points;
            if (!left.IsZero) lots.Add(lot with { Remaining = left, Payers = FundingRules.Sum(lot.Payers, line.Payers) });
        }
        if (!found)
            lots.Add(new Lot(line.Lot, line.Points, line.EarnedOn, line.LapsesOn, line.AvailableOn, line.Awaits) { UnitCost = line.UnitCost, DealerId = line.DealerId, Payers = line.Payers });
        return this with { Lots = lots };
    }

    private static bool Lasts(Lot lot, LotLine active) => lot.Remaining.IsPositive && !lot.HasLapsed(active.EarnedOn) && lot.LapsesOn < active.LapsesOn;
}
