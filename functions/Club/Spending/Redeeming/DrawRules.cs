using Club.Kernel;
using Club.Ledger;

namespace Club.Spending;

/// <param name="Lines">Points below zero, first-expiring-first, then oldest.</param>
/// <param name="Missing">What no lot had.</param>
public sealed record Drawn(IReadOnlyList<LotLine> Lines, Points Missing);

/// <summary>Which lots pay. Pure.</summary>
public static class DrawRules
{
    /// <summary>So many lots go into one commit of the store together with all that tells of them. Ten years of daily points that never
    /// lapse are more.</summary>
    public const int MostLots = 1000;

    /// <param name="issuer">Only points that were earned at this dealer; null: any.</param>
    public static Drawn Draw(WalletState wallet, Points points, DateOnly today, DealerId? issuer)
    {
        var (lines, left) = (new List<LotLine>(), points);
        foreach (var lot in Spendable(wallet, today, issuer))
        {
            if (!left.IsPositive) break;
            var part = Points.Min(left, lot.Remaining);
            lines.Add(lot.Take(part));
            left -= part;
        }
        return new Drawn(lines, left);
    }

    /// <summary>Why what was drawn is too much for one step, though the points are there; null when it is not.</summary>
    /// <param name="others">Lots of which something is kept already.</param>
    public static Problem? TooMany(Drawn drawn, int others = 0)
    {
        var most = Math.Max(0, MostLots - others);
        if (drawn.Lines.Count <= most) return null;
        var points = -drawn.Lines.Take(most).Sum(line => line.Points);
        return SpendingTerms.OverLimit($"The points lie in {drawn.Lines.Count} lots, and at most {most} are taken at once: {points} points.") with
        {
            Numbers = new Dictionary<string, decimal> { ["available"] = points.Value },
        };
    }

    /// <summary>What can be drawn: no more than is there after what is owed.</summary>
    public static Points Available(Account account, WalletCode wallet, DateOnly today, DealerId? issuer)
    {
        var all = account.Available(wallet, today);
        return issuer is null ? all
            : Points.Min(all, Spendable(account.Wallet(wallet), today, issuer).Sum(lot => lot.Remaining));
    }

    private static IEnumerable<Lot> Spendable(WalletState wallet, DateOnly today, DealerId? issuer) =>
        wallet.Spendable(today).Where(lot => lot.Id != Lot.Debt && (issuer is null || lot.DealerId == issuer));
}
