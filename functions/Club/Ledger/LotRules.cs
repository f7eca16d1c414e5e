using Club.Earning;
using Club.Kernel;
using Club.Programmes;

namespace Club.Ledger;

/// <summary>Into which lots an accrual's awards go, and what that does to the wallet. Pure.</summary>
public static class LotRules
{
    /// <summary>
    /// One lot for all awards with the same terms (when they can be spent, when they lapse); the first has the entry's id. An entry that earns nothing
    /// has one line of zero points.
    /// </summary>
    /// <returns>Also the lot of each award that did not go into the first.</returns>
    public static (IReadOnlyList<LotLine> Lines, IReadOnlyDictionary<Award, string> LotOf) Credited(Wallet wallet, string entryId, IReadOnlyList<Award> awards, DateOnly earnedOn)
    {
        if (awards.All(award => award.By.Pending is null && award.By.Expiry is null))
            return ([new LotLine(entryId, awards.Sum(award => award.Points), earnedOn, ExpiryRules.LapsesOn(wallet.Expiry, earnedOn))], Nowhere);
        var lines = new List<LotLine>();
        var lotOf = new Dictionary<Award, string>(ReferenceEqualityComparer.Instance);
        foreach (var terms in awards.GroupBy(award => TermsOf(wallet, award.By, earnedOn)))
        {
            var lot = lines.Count == 0 ? entryId : $"{entryId}.{lines.Count + 1}";
            lines.Add(terms.Key with { Lot = lot, Points = terms.Sum(award => award.Points) });
            if (lines.Count > 1)
                foreach (var award in terms) lotOf[award] = lot;
        }
        return (lines, lotOf);
    }

    /// <summary>
    /// Credits lots; a debt in the wallet is repaid first from what can be spent. Where inactivity lets points lapse, the member was active now: all lots
    /// of the wallet get their new date.
    /// </summary>
    public static IReadOnlyList<LotLine> Credit(WalletState state, Wallet wallet, IReadOnlyList<LotLine> lots, DateOnly earnedOn, DateOnly today)
    {
        if (wallet.Expiry is not ExpiryPolicy.Inactivity) return Repay(state, lots, today);
        var live = state.Lots.Where(lot => lot.Remaining.IsPositive && !lot.HasLapsed(today)).ToArray();
        // What happened before the member's last activity and comes to be known after it lapses with the rest.
        var lapsesOn = new[] { ExpiryRules.LapsesOn(wallet.Expiry, earnedOn), live.Max(lot => lot.LapsesOn) }.Max();
        return
        [
            .. Repay(state, [.. lots.Select(lot => lot.LapsesOn < lapsesOn ? lot with { LapsesOn = lapsesOn } : lot)], today),
            .. live.Where(lot => lot.LapsesOn < lapsesOn)
                .Select(lot => new LotLine(lot.Id, Points.Zero, lot.EarnedOn, lapsesOn, lot.AvailableOn, lot.Awaits)),
        ];
    }

    private static IReadOnlyList<LotLine> Repay(WalletState state, IReadOnlyList<LotLine> lots, DateOnly today)
    {
        var debt = state.Lots.FirstOrDefault(lot => lot.Id == Lot.Debt);
        if (debt is null) return lots;
        var owed = -debt.Remaining;
        var lines = new List<LotLine>();
        var repaid = Points.Zero;
        foreach (var lot in lots)
        {
            var part = lot.AvailableOn > today || lot.Awaits is not null ? Points.Zero : Points.Min(lot.Points, owed - repaid);
            repaid += part;
            if (part.IsZero || part < lot.Points) lines.Add(lot with { Points = lot.Points - part });
        }
        if (repaid.IsPositive) lines.Add(new LotLine(Lot.Debt, repaid, debt.EarnedOn));
        return lines;
    }

    /// <summary>A line without lot and points, which says when an award can be spent and when it lapses.</summary>
    private static LotLine TermsOf(Wallet wallet, EarningRule rule, DateOnly earnedOn)
    {
        DateOnly? availableOn = rule.Pending switch
        {
            Pending.Until until when until.Date > earnedOn => until.Date,
            Pending.Days days => earnedOn.AddDays(days.Count),
            _ => null,
        };
        return new LotLine("", Points.Zero, earnedOn, ExpiryRules.LapsesOn(rule.Expiry ?? wallet.Expiry, earnedOn), availableOn, (rule.Pending as Pending.Event)?.Name);
    }

    private static readonly Dictionary<Award, string> Nowhere = [];
}
