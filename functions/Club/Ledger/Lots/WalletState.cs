using System.Text.Json.Serialization;
using Club.Earning;
using Club.Kernel;

namespace Club.Ledger;

/// <summary>One wallet of one member: its lots, in the order in which they came.</summary>
[JsonConverter(typeof(WalletStateJson))]
public sealed record WalletState(WalletCode Code, IReadOnlyList<Lot> Lots)
{
    public Points Balance => Lots.Sum(lot => lot.Remaining);

    /// <summary>What a reversal took beyond what was left; null when nothing is owed.</summary>
    public Lot? Debt => Lots.FirstOrDefault(lot => lot.Id == Lot.Debt);

    public Points Available(DateOnly today) => Lots.Where(lot => !lot.HasLapsed(today) && !lot.IsPending(today)).Sum(lot => lot.Remaining);

    public Points Pending(DateOnly today) => Lots.Where(lot => !lot.HasLapsed(today) && lot.IsPending(today)).Sum(lot => lot.Remaining);

    /// <summary>Lots in the order in which they are spent.</summary>
    public IEnumerable<Lot> Spendable(DateOnly today) =>
        Lots.Where(lot => lot.Remaining.IsPositive && !lot.HasLapsed(today) && !lot.IsPending(today))
            .OrderBy(lot => lot.LapsesOn ?? DateOnly.MaxValue).ThenBy(lot => lot.EarnedOn).ThenBy(lot => lot.Id, StringComparer.Ordinal);

    /// <summary>The wallet after <paramref name="line"/>; a lot that is used up is gone, and what is taken beyond it is owed.</summary>
    public WalletState With(LotLine line)
    {
        if (line.Lot == LotLine.All)
            return this with { Lots = [.. Lots.Select(lot => Lasts(lot, line) ? lot with { LapsesOn = line.LapsesOn } : lot)] };
        if (line.Points.IsZero) return this;
        var lots = Lots.ToList();
        var at = IndexOf(line, ofItsDate: true);
        // What was taken from a member who became this one: activity here may have moved the date of the lot meanwhile, a return may have
        // taken from it.
        var isTaken = line.Points.IsNegative && line.Lot != Lot.Debt;
        if (at < 0 && isTaken) at = IndexOf(line, ofItsDate: false);
        var left = (at < 0 ? Points.Zero : lots[at].Remaining) + line.Points;
        var rest = at < 0 ? new Lot(line.Lot, left, line.EarnedOn, line.LapsesOn, line.AvailableOn, line.Awaits) { UnitCost = line.UnitCost,
            DealerId = line.DealerId, Payers = line.Payers }
            : lots[at] with { Remaining = left, Payers = FundingRules.Sum(lots[at].Payers, line.Payers) };
        var isOwed = isTaken && left.IsNegative;
        if (at < 0 && !isOwed) lots.Add(rest);
        else if (at >= 0 && !left.IsZero && !isOwed) lots[at] = rest;
        else if (at >= 0) lots.RemoveAt(at);
        var after = this with { Lots = lots };
        if (!isOwed) return after;
        // Lots of two members on the same terms may lie side by side.
        return at >= 0 && lots.Exists(lot => lot.Id == line.Lot) ? after.With(line.Less(-Lots[at].Remaining))
            : after.With(new LotLine(Lot.Debt, left, line.EarnedOn));
    }

    private int IndexOf(LotLine line, bool ofItsDate)
    {
        for (var i = 0; i < Lots.Count; i++)
            if (Lots[i].Id == line.Lot && (!ofItsDate || Lots[i].LapsesOn == line.LapsesOn)) return i;
        return -1;
    }

    private static bool Lasts(Lot lot, LotLine active) =>
        lot.Remaining.IsPositive && !lot.HasLapsed(active.EarnedOn) && lot.LapsesOn < active.LapsesOn;
}
