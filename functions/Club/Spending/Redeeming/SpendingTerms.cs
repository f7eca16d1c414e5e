using System.Globalization;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Spending;

/// <summary>By what terms the points of a wallet pay for something.</summary>
/// <param name="PointValue">What one point pays for, in CNY.</param>
/// <param name="Issuer">The dealer at whom the points must have been earned; null: wherever they were.</param>
public sealed record SpendingTerms(Programmes.Spending Rules, Wallet Wallet, decimal PointValue, DealerId? Issuer)
{
    /// <param name="at">Where the caller said what for.</param>
    /// <returns>Problems: <c>not-offered</c>, <c>invalid-data</c>, <c>missing-data</c>, <c>unknown-dealer</c>,
    /// <c>wrong-dealer</c>.</returns>
    public static Outcome<SpendingTerms> Of(Programme programme, WalletCode? asked, SpentFor purpose, string at = "$.for")
    {
        if (programme.Spending is not { } rules) return NotOffered($"The programme \"{programme.Id}\" lets nobody spend points.");
        var code = asked ?? rules.Wallets[0].Wallet;
        if (programme.FindWallet(code) is not { } wallet)
            return new Problem("invalid-data", $"$.wallet: there is no wallet \"{code}\"{Nearest.Hint(code, programme.Wallets.Select(one =>
                one.Code.Value))}", "$.wallet");
        if (rules.Find(code) is not { } spent)
            return NotOffered($"Points of the wallet \"{code}\" are not spent; those of {string.Join(", ", rules.Wallets.Select(one => one.Wallet))} are.");
        if (purpose.DealerId is { } dealer && programme.Unknown(dealer, $"{at}.dealerId") is { } unknown) return unknown;
        if (purpose is { Kind: SpentKind.Bill, DealerId: null })
            return new Problem("missing-data", $"{at}.dealerId: is missing.", $"{at}.dealerId");
        var isPartner = purpose.Kind == SpentKind.Partner;
        if (isPartner && spent.At != GoodAt.Everywhere || spent.At == GoodAt.Issuer && purpose.DealerId is null)
            return WrongDealer($"Points of the wallet \"{code}\" are good {(spent.At == GoodAt.Issuer ? "only at the dealer where they were earned" : "at the club's dealers only")}.");
        return new SpendingTerms(rules, wallet, rules.ValueOf(spent, isPartner), spent.At == GoodAt.Issuer ? purpose.DealerId : null);
    }

    /// <summary>What points pay for, rounded down to the fen.</summary>
    public Money Worth(Points points) => new((long)decimal.Floor(points.Hundredths * PointValue));

    /// <summary>The fewest points, in whole steps, that pay for an amount.</summary>
    public Points For(Money amount) => Up(amount.Fen / PointValue);

    /// <summary>Between how many points a bill may be paid with; cash fills the rest.</summary>
    public (Points Least, Points Most) Mix(Money bill)
    {
        var (least, most) = (Up(bill.Fen * Rules.Bills.LeastShare / PointValue), Down(bill.Fen * Rules.Bills.MostShare / PointValue));
        return (Points.Max(least, Rules.Least), most);
    }

    /// <summary>Whether points are spent in such a number.</summary>
    public Problem? Unfit(Points points)
    {
        if (points >= Rules.Least && points.Hundredths % Rules.Step.Hundredths == 0) return null;
        var below = Points.Max(Down(points.Hundredths), Rules.Least);
        return NotOffered(string.Create(CultureInfo.InvariantCulture,
            $"Points are spent in steps of {Rules.Step} from {Rules.Least}: {points} is not one; {below} is."));
    }

    public Points Down(Points points) => Down(points.Hundredths);

    private Points Down(decimal hundredths) => new((long)decimal.Floor(hundredths / Rules.Step.Hundredths) * Rules.Step.Hundredths);

    private Points Up(decimal hundredths) => new((long)decimal.Ceiling(hundredths / Rules.Step.Hundredths) * Rules.Step.Hundredths);

    public static Problem NotOffered(string why) => new("not-offered", why) { Kind = ProblemKind.Conflict };

    public static Problem WrongDealer(string why) => new("wrong-dealer", why) { Kind = ProblemKind.Conflict };

    public static Problem OverLimit(string why) => new("over-limit", why) { Kind = ProblemKind.Conflict };

    /// <summary>How many points may be owed at most.</summary>
    public Points Limit(Account account) => Rules.Overdraft?.Of(account.Tier.Code)?.Limit ?? Points.Zero;

    /// <summary>Why so many points cannot be had; null when they can.</summary>
    public Problem? Lacking(Account account, Points points, DateOnly today)
    {
        if (account.Absorbs is not null)
            return LedgerProblems.BeingMerged();
        if (account.Overdrafts?.FirstOrDefault(one => one.IsBlocked) is { } owed)
            return OverLimit($"Nothing can be spent until the {owed.Points} points owed since {owed.DueOn:yyyy-MM-dd} are repaid.");
        var available = DrawRules.Available(account, Wallet.Code, today, Issuer);
        var reach = Issuer is null ? available + Limit(account) : available;
        if (points > reach)
        {
            if (Issuer is { } dealer && points <= DrawRules.Available(account, Wallet.Code, today, null))
                return WrongDealer($"Of the {points} points only {Points.Max(available, Points.Zero)} were earned at dealer {dealer}, and they are good there only.");
            var (spendable, owing) = (Points.Max(available, Points.Zero), Points.Max(reach, Points.Zero));
            return new Problem("insufficient-points",
                $"{points} points are asked for; {spendable} can be spent{(owing > spendable ? $" and {owing - spendable} more may be owed" : "")}{(available.IsNegative ? $"; {-available} are owed" : "")}.")
            {
                Kind = ProblemKind.Conflict,
                Numbers = new Dictionary<string, decimal> { ["available"] = available.Value, ["missing"] = (points - reach).Value },
            };
        }
        foreach (var limit in Rules.Limits)
            if (SpentRules.In(account, SpentRules.Redeemed, limit.Per, today).Points is var spent && spent + points > limit.Points)
                return OverLimit($"At most {limit.Points} points are spent a {limit.Per.ToString().ToLowerInvariant()}; {spent} of them are.");
        return null;
    }
}
