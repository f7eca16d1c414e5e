using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Spending;

/// <summary>Between how many points and how much cash something costs, and whether a member can have it. Pure.</summary>
public static class QuoteRules
{
    public static Quote Bill(SpendingTerms terms, Account account, Money bill, DateOnly today)
    {
        var (least, most) = terms.Mix(bill);
        var reasons = new List<QuoteReason>();
        if (most < least)
            reasons.Add(new QuoteReason("not-offered", $"A bill of {bill} takes {most} points at most, and {least} are the fewest that are spent."));
        else if (terms.Lacking(account, least, today) is { } lacking) reasons.Add(new QuoteReason(lacking.Code, lacking.Message));
        var available = DrawRules.Available(account, terms.Wallet.Code, today, terms.Issuer);
        var reach = terms.Issuer is null ? available + terms.Limit(account) : available;
        var mine = Points.Min(most, terms.Down(Points.Max(reach, Points.Zero)));
        var can = reasons.Count == 0;
        var quote = Of(terms.Wallet.Code, new PointsSpan(least, can ? mine : most, terms.Rules.Step),
            new CashSpan(bill - terms.Worth(can ? mine : Points.Min(most, terms.For(bill))), bill - terms.Worth(Points.Min(least, most))),
            terms.PointValue, account, reach, reasons, today);
        // What she earns elsewhere brings her no nearer.
        return terms.Issuer is null ? quote : quote with { AffordableOn = null };
    }

    public static Quote Gift(ProgrammeVersions rules, Account account, GiftPrice price)
    {
        var reach = account.Available(price.Wallet, rules.Today)
            + (rules.Current.Spending?.Overdraft?.Of(account.Tier.Code)?.Limit ?? Points.Zero);
        var reasons = price.Reasons.ToList();
        if (price.Points.Least > reach)
            reasons.Add(new QuoteReason("insufficient-points", $"{price.Points.Least} points are the fewest it costs; {Points.Max(reach, Points.Zero)} can be had."));
        return Of(price.Wallet, price.Points, new CashSpan(price.Cash(price.Points.Most), price.Cash(price.Points.Least)), price.PointValue,
            account, reach, reasons, rules.Today);
    }

    /// <summary>What these points are not good for.</summary>
    public static Quote Refused(ProgrammeVersions rules, Account account, WalletCode? wallet, SpentFor bill, Problem refused)
    {
        var spending = rules.Current.Spending;
        var code = wallet ?? spending?.Wallets[0].Wallet ?? rules.Current.DefaultWallet.Code;
        return Of(code, new PointsSpan(Points.Zero, Points.Zero, spending?.Step ?? Points.Zero), new CashSpan(bill.Amount, bill.Amount),
            spending?.PointValue ?? 0, account, Points.Zero, [new QuoteReason(refused.Code, refused.Message)], rules.Today);
    }

    private static Quote Of(WalletCode wallet, PointsSpan points, CashSpan cash, decimal value, Account account, Points reach,
        List<QuoteReason> reasons, DateOnly today)
    {
        var missing = Points.Max(Points.Zero, points.Least - reach);
        return new Quote(wallet, points, cash, value, account.Available(wallet, today), reasons.Count == 0, missing,
            missing.IsZero ? null : AffordableOn(account, wallet, missing, today), reasons);
    }

    /// <summary>The day on which what is missing is earned, if she goes on as in the last twelve months.</summary>
    public static DateOnly? AffordableOn(Account account, WalletCode wallet, Points missing, DateOnly today)
    {
        var since = today.AddYears(-1);
        var earned = account.Activity.Where(row => row.Wallet == wallet && row.On > since && row.On <= today).ToArray();
        var points = earned.Sum(row => row.Points);
        if (!points.IsPositive) return null;
        var first = earned.Min(row => row.On);
        var days = Math.Max(30, today.DayNumber - first.DayNumber + 1);
        var wait = decimal.Ceiling((decimal)missing.Hundredths * days / points.Hundredths);
        return wait > 36_500 ? null : today.AddDays((int)wait);
    }
}
