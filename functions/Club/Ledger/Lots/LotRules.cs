using System.Globalization;
using Club.Earning;
using Club.Kernel;
using Club.Programmes;

namespace Club.Ledger;

/// <summary>Into which lots an accrual's awards go, and what that does to the wallet. Pure.</summary>
public static class LotRules
{
    /// <summary>
    /// One line for all awards with the same terms: when they can be spent, when they lapse, who pays. Nothing earned is no line. What
    /// awaits an event is a lot of this transaction alone, for it becomes spendable alone.
    /// </summary>
    /// <returns>Also the lot of each award.</returns>
    public static (IReadOnlyList<LotLine> Lines, IReadOnlyDictionary<Award, string> LotOf) Credited(
        Programme programme, Wallet wallet, string entryId, IReadOnlyList<Award> awards, DateOnly earnedOn, DealerId? dealerId,
        string? awaits = null)
    {
        if (awards.Count == 0) return ([], Nowhere);
        var lines = new List<LotLine>();
        var lotOf = new Dictionary<Award, string>(awards.Count, ReferenceEqualityComparer.Instance);
        foreach (var same in awards.GroupBy(award => TermsOf(programme, wallet, award.By, earnedOn, awaits)))
        {
            var lot = IdOf(wallet, same.Key, earnedOn, dealerId, entryId);
            foreach (var award in same) lotOf[award] = lot;
            var points = same.Sum(award => award.Points);
            if (points.IsZero) continue;
            IReadOnlyList<Funding> payers = [];
            foreach (var award in same) payers = FundingRules.Sum(payers, FundingRules.Split(programme, award.By, award.Points));
            lines.Add(new LotLine(lot, points, earnedOn, same.Key.LapsesOn, same.Key.AvailableOn,
                same.Key.Awaits) { UnitCost = wallet.UnitCost, DealerId = dealerId, Payers = payers });
        }
        return (lines, lotOf);
    }

    /// <summary>
    /// Credits lots; a debt in the wallet is repaid first from what can be spent. Where inactivity lets points lapse, the member was active
    /// now: all lots of the wallet get their new date.
    /// </summary>
    public static IReadOnlyList<LotLine> Credit(WalletState state, Wallet wallet, IReadOnlyList<LotLine> lots, DateOnly earnedOn,
        DateOnly today)
    {
        if (wallet.Expiry is not ExpiryPolicy.Inactivity) return Repay(state, lots, today);
        var live = state.Lots.Where(lot => lot.Remaining.IsPositive && !lot.HasLapsed(today)).ToArray();
        // What happened before the member's last activity and comes to be known after it lapses with the rest.
        var lapsesOn = new[] { ExpiryRules.LapsesOn(wallet.Expiry, earnedOn), live.Max(lot => lot.LapsesOn) }.Max();
        var credited = Repay(state, [.. lots.Select(lot => lot.LapsesOn < lapsesOn ? lot with { LapsesOn = lapsesOn } : lot)], today);
        // Before the points, so that they meet a lot of the same terms at its new date.
        return live.Any(lot => lot.LapsesOn < lapsesOn) ? [new LotLine(LotLine.All, Points.Zero, today, lapsesOn), .. credited] : credited;
    }

    /// <summary>Points that no rule gave, on the wallet's own terms.</summary>
    /// <param name="payer">Who pays for them; null: the programme's first funder.</param>
    public static LotLine Given(Programme programme, Wallet wallet, Points points, DateOnly on, DealerId? dealerId, string? payer = null)
    {
        var funder = payer ?? (programme.Funders.Count > 0 ? programme.Funders[0].Code : null);
        var terms = new Terms(ExpiryRules.LapsesOn(wallet.Expiry, on), wallet.Expiry is ExpiryPolicy.Inactivity, null, null, funder ?? "");
        return new LotLine(IdOf(wallet, terms, on, dealerId, ""), points, on, terms.LapsesOn)
        {
            UnitCost = wallet.UnitCost,
            DealerId = dealerId,
            Payers = funder is null ? [] : [new Funding(funder, points)],
        };
    }

    /// <summary>The lot that has waited for its event and waits no more: all of the same terms that never waited.</summary>
    public static string Released(string lot) => lot.Split(Waiting)[0];

    /// <summary>Lots as they come into a wallet: a debt in it is repaid first, from what can be spent.</summary>
    public static IReadOnlyList<LotLine> Repay(WalletState state, IReadOnlyList<LotLine> lots, DateOnly today)
    {
        if (state.Debt is not { } debt) return lots;
        var owed = -debt.Remaining;
        var lines = new List<LotLine>();
        var repaid = Points.Zero;
        foreach (var lot in lots)
        {
            var part = lot.AvailableOn > today || lot.Awaits is not null ? Points.Zero : Points.Min(lot.Points, owed - repaid);
            repaid += part;
            if (part.IsZero || part < lot.Points) lines.Add(lot.Less(part));
        }
        if (repaid.IsPositive) lines.Add(new LotLine(Lot.Debt, repaid, debt.EarnedOn));
        return lines;
    }

    /// <summary>On what terms the points of a rule are held.</summary>
    /// <param name="Moves">Whether the date of lapsing moves with the member's activity, and so tells no lot from another.</param>
    /// <param name="Payers">Who pays, and how they share.</param>
    private readonly record struct Terms(DateOnly? LapsesOn, bool Moves, DateOnly? AvailableOn, string? Awaits, string Payers);

    private static Terms TermsOf(Programme programme, Wallet wallet, EarningRule rule, DateOnly earnedOn, string? awaits)
    {
        DateOnly? availableOn = rule.Pending switch
        {
            Pending.Until until when until.Date > earnedOn => until.Date,
            Pending.Days days => earnedOn.AddDays(days.Count),
            _ => null,
        };
        var expiry = rule.Expiry ?? wallet.Expiry;
        return new Terms(ExpiryRules.LapsesOn(expiry, earnedOn), expiry is ExpiryPolicy.Inactivity, availableOn,
            (rule.Pending as Pending.Event)?.Name ?? awaits, FundingRules.SharesOf(programme, rule));
    }

    /// <summary>
    /// The day of earning and a digest of the other terms: points of the same terms meet, in whatever order and by whatever message they
    /// come, and where two members become one.
    /// </summary>
    private static string IdOf(Wallet wallet, in Terms terms, DateOnly earnedOn, DealerId? dealerId, string entryId)
    {
        var digest = Ids.Derived("", terms.Moves ? "*" : Text(terms.LapsesOn), Text(terms.AvailableOn),
            wallet.UnitCost.ToString(CultureInfo.InvariantCulture), terms.Payers, dealerId)[..8];
        var id = $"{earnedOn:yyMMdd}{digest}";
        return terms.Awaits is null ? id : $"{id}{Waiting}{Ids.Derived("", entryId, terms.Awaits)[..10]}";

        static string? Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private const char Waiting = '~';

    private static readonly Dictionary<Award, string> Nowhere = [];
}
