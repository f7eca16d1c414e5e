using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Spending;

/// <summary>What the entries of all that is spent, given and adjusted have in common. Pure.</summary>
internal static class MoveLines
{
    /// <summary>A line for each lot: how many points of it, and at what price.</summary>
    /// <param name="by">What stands in the arithmetic in place of the price; null: the price.</param>
    public static IReadOnlyList<Explanation> Explain(IReadOnlyList<LotLine> lines, How how, decimal? by = null) =>
    [
        .. lines.Where(line => !line.Points.IsZero).Select(line => new Explanation(null, null, null, null, line.Points,
            new Calculation(line.Lot == Lot.Debt ? line.Points.IsNegative ? How.Overdrawn : How.Repaid : how,
                Math.Abs(line.Points.Value), line.Lot == Lot.Debt ? line.UnitCost : by ?? line.UnitCost)
                { EarnedOn = line.EarnedOn, LapsedOn = line.LapsesOn })
        {
            Funding = line.Payers.Count == 0 ? null : line.Payers,
            Lot = line.Lot,
        }),
    ];

    /// <summary>Where inactivity lets points lapse, whoever spends is active: all that is left of the wallet gets its new date.</summary>
    public static IEnumerable<LotLine> Active(Journal journal, WalletCode code)
    {
        if (journal.Programme.FindWallet(code) is not { Expiry: ExpiryPolicy.Inactivity } wallet) return [];
        var lapsesOn = ExpiryRules.LapsesOn(wallet.Expiry, journal.Today);
        return journal.Account.Wallet(code).Lots.Any(lot => lot.Remaining.IsPositive && !lot.HasLapsed(journal.Today)
            && lot.LapsesOn < lapsesOn) ? [new LotLine(LotLine.All, Points.Zero, journal.Today, lapsesOn)] : [];
    }

    /// <summary>What lots cost, each at its own price, in CNY to the fen.</summary>
    public static Money CostOf(LotLine line, decimal otherwise) =>
        new((long)decimal.Round(Math.Abs(line.Points.Hundredths) * (line.UnitCost ?? otherwise), MidpointRounding.AwayFromZero));
}
