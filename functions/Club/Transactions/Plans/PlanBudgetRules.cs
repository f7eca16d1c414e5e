using System.Globalization;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Transactions;

/// <summary>What a dealer pays for awards of its own plan, at the cost of a point in their wallets. Pure.</summary>
public static class PlanBudgetRules
{
    /// <summary>What begins the name of a dealer's budget where an award was cut to it.</summary>
    public const string Budget = "dealer-budget:";

    /// <summary>What the awards of the dealer's plan cost, in full.</summary>
    public static Money Cost(Priced priced)
    {
        var cost = 0m;
        foreach (var award in priced.Awards)
            if (award.By.OfPlan is not null) cost += Cost(award.Points, PriceOf(priced.Programme, award.Wallet));
        return Ceiling(cost);
    }

    /// <param name="points">By wallet.</param>
    public static Money Cost(Programme programme, IEnumerable<(WalletCode Wallet, Points Points)> points) =>
        Ceiling(points.Sum(one => Cost(one.Points, PriceOf(programme, one.Wallet))));

    /// <summary>Cuts the awards of the dealer's plan to what its budget pays, the first served first; what it does not pay uses no
    /// cap.</summary>
    public static Priced Cut(Priced priced, DateOnly on, BudgetShare share)
    {
        var left = (decimal)share.Granted.Fen;
        var awards = priced.Awards.ToArray();
        var returned = new List<(string Rule, Points Points)>();
        for (var i = 0; i < awards.Length; i++)
        {
            if (awards[i].By.OfPlan is not { } plan || PriceOf(priced.Programme, awards[i].Wallet) is not (> 0 and var price)) continue;
            var part = Points.Min(awards[i].Points, new Points((long)decimal.Floor(left / price)));
            left -= Cost(part, price);
            if (part == awards[i].Points) continue;
            var cut = awards[i].Points - part;
            returned.Add((awards[i].Rule, cut));
            var name = $"{Budget}{plan.Dealer}:{on.ToString("yyyy-MM", CultureInfo.InvariantCulture)}";
            awards[i] = awards[i] with { Points = part,
                Cuts = [.. awards[i].Cuts, new CapCut(name, null, Worth(share.Approved, price), Worth(share.UsedByOthers, price), cut)] };
        }
        return returned.Count == 0 ? priced
            : priced with { Awards = awards, Counters = CapRules.GiveBack(priced.Programme, priced.Counters, returned, on) };
    }

    /// <summary>What the dealer's plan gave with an entry, less what returns have taken back of it.</summary>
    /// <param name="programme">The one that judged it, with the plan.</param>
    public static Points Kept(Programme programme, Entry entry, Reversed reversed) => entry.Explanation
        .Where(line => line.Rule is { } rule && programme.FindRule(rule)?.OfPlan is not null)
        .Sum(line => line.Points - ReversalRules.SoFar(entry, line, reversed));

    /// <summary>In fen: a hundredth of a point at so many CNY a point.</summary>
    private static decimal Cost(Points points, decimal price) => points.Hundredths * price;

    private static Points Worth(Money money, decimal price) => new((long)decimal.Floor(money.Fen / price));

    private static Money Ceiling(decimal fen) => new((long)decimal.Ceiling(fen));

    private static decimal PriceOf(Programme programme, WalletCode wallet) => programme.FindWallet(wallet)?.UnitCost ?? 0;
}
