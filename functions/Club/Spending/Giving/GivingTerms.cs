using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Spending;

/// <summary>Which wallet gives: one that can be spent, and whose points are good elsewhere than at their issuer. Pure.</summary>
/// <param name="PointValue">What one point pays for, in CNY.</param>
public sealed record GivingTerms(Programmes.Spending Rules, Wallet Wallet, decimal PointValue)
{
    public const string Source = "/club/giving";

    /// <param name="asked">Null: the programme's first that can be given from.</param>
    /// <param name="toPartner">Whether they leave the club, for which they must be good everywhere.</param>
    /// <returns>Problems: <c>not-offered</c>, <c>invalid-data</c>, <c>wrong-dealer</c>.</returns>
    public static Outcome<GivingTerms> Of(Programme programme, WalletCode? asked, bool toPartner = false)
    {
        var code = asked ?? programme.Spending?.Wallets.FirstOrDefault(one => toPartner ? one.At == GoodAt.Everywhere
            : one.At != GoodAt.Issuer)?.Wallet;
        // Where a gift is fetched does not matter, and neither does it here.
        var terms = SpendingTerms.Of(programme, code, new SpentFor(toPartner ? SpentKind.Partner : SpentKind.Gift, Money.Zero));
        return terms.Problem is { } problem ? problem : new GivingTerms(terms.Value.Rules, terms.Value.Wallet,
            terms.Value.PointValue);
    }

    /// <summary>The lots that pay for what is given.</summary>
    /// <returns>Problems: <c>over-limit</c>, <c>being-merged</c>, <c>insufficient-points</c>.</returns>
    public Outcome<Drawn> Take(Journal journal, Points points) =>
        TakeRules.Blocked(journal.Account) is { } blocked ? blocked : TakeRules.Take(journal, Wallet.Code, points);
}
