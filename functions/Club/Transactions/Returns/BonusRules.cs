using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Transactions;

/// <summary>
/// What becomes of points for a transaction as a whole (a step bonus, a fixed award) when part of it goes back: the rules are asked again
/// about the part that is left, and what they would not have given for it is taken back. Never more is given than before, and nothing is
/// given anew. Pure.
/// </summary>
public static class BonusRules
{
    /// <param name="programme">The version that judged the purchase; null when it is not known: then only the return of the whole takes
    /// anything.</param>
    /// <param name="after">What is returned by now, in all.</param>
    public static IReadOnlyList<ReversedBonus>? Taken(Programme? programme, IReadOnlyList<Entry> originals, Reversed before, Reversed after)
    {
        var bonuses = originals.SelectMany(original =>
            original.Explanation.Where(line => line is { LineId: null, Rule: not null }).Select(line => (original.Wallet, Line: line)))
            .ToArray();
        if (bonuses.Length == 0) return null;
        var left = after.Whole ? [] : Left(programme, originals[0], after);
        return [.. bonuses.Select(bonus =>
            new ReversedBonus(bonus.Wallet, bonus.Line.Rule!,
            Points.Max(before.BonusOf(bonus.Wallet, bonus.Line.Rule), bonus.Line.Points - Kept(bonus.Wallet, bonus.Line))))];

        Points Kept(WalletCode wallet, Explanation line) =>
            left is null ? line.Points : Points.Min(line.Points,
                left.Where(award => award.LineId is null && award.Wallet == wallet && award.Rule == line.Rule).Sum(award => award.Points));
    }

    /// <returns>What the part that is left would earn; null when that cannot be known.</returns>
    private static IReadOnlyList<Award>? Left(Programme? programme, Entry original, Reversed after)
    {
        if (programme is null || original.ToTransaction() is not { } transaction) return null;
        var lines = transaction.Lines.Where(line => line.Amount.Fen == 0 || after.Of(line.LineId) != line.Amount)
            .Select(line => after.Of(line.LineId) is { Fen: > 0 } returned
                ? line with { Amount = line.Amount - returned, Quantity = line.Quantity * (line.Amount - returned).Fen / line.Amount.Fen }
                : line);
        return EarningRules.Evaluate(programme, transaction with { Lines = [.. lines] }, original.Inputs!.ToFacts());
    }
}
