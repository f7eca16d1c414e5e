using Club.Kernel;
using Club.Partners;

namespace Club.Settlement;

/// <summary>Statements from sums of movements, and what they come to in money. Pure.</summary>
public static class StatementRules
{
    /// <param name="cells">Of the month, of all parties.</param>
    /// <param name="opening">What each party's points came to before it.</param>
    /// <param name="agreements">Of a partner; null: none are known.</param>
    /// <returns>By their parties; the programme's is always there, and what others pay is what it receives.</returns>
    public static IReadOnlyList<Statement> Of(string month, IReadOnlyList<Cell> cells,
        IReadOnlyDictionary<(Party Party, WalletCode Wallet), Points> opening, Func<Party, Partner?> agreements)
    {
        var parties = cells.Select(cell => cell.Party).Concat(opening.Where(one => !one.Value.IsZero).Select(one => one.Key.Party))
            .Append(Party.Programme).Distinct().Order();
        var ofParty = cells.ToLookup(cell => cell.Party);
        var before = opening.ToLookup(one => one.Key.Party);
        var statements = parties.Select(party => Of(month, party, [.. ofParty[party]],
            before[party].ToDictionary(one => one.Key.Wallet, one => one.Value), agreements(party))).ToList();
        var (charged, credited) = (Sum(statements, one => one.Charged), Sum(statements, one => one.Credited));
        return [.. statements.Select(one => one.Party != Party.Programme ? one
            : one with { Charged = credited, Credited = charged, Balance = credited - charged })];
    }

    /// <summary>Of a party that had nothing to settle.</summary>
    public static Statement Nothing(string month, Party party) => new(month, party, party.Kind, [], [], Money.Zero, Money.Zero, Money.Zero);

    /// <summary>What it came to in the ledger, and what in the statements.</summary>
    public static IReadOnlyList<SettlementCheck> Check(IReadOnlyList<Statement> statements, IEnumerable<LedgerSum> ledger)
    {
        var parties = statements.SelectMany(one => one.Wallets).GroupBy(wallet => wallet.Wallet)
            .ToDictionary(group => group.Key, group => group.Sum(wallet => wallet.Closing));
        var sums = MonthSums.Sum(ledger).ToDictionary(sum => sum.Wallet);
        return [.. sums.Keys.Union(parties.Keys).OrderBy(wallet => wallet.Value, StringComparer.Ordinal).Select(wallet =>
        {
            var (told, sum) = (parties.GetValueOrDefault(wallet), sums.GetValueOrDefault(wallet));
            var (entries, counter) = (sum?.Entries ?? Points.Zero, sum?.Counter ?? Points.Zero);
            return new SettlementCheck(wallet, entries, counter, told, told - entries);
        })];
    }

    public static bool Adds(IReadOnlyList<Statement> statements, IReadOnlyList<SettlementCheck> check) =>
        check.All(one => one.Difference.IsZero && (one.Ledger + one.Counter).IsZero) && Sum(statements, one => one.Balance).Fen == 0;

    private static Statement Of(string month, Party party, IReadOnlyList<Cell> cells, Dictionary<WalletCode, Points> opening,
        Partner? partner)
    {
        StatementLine[] lines = [.. cells.Select(cell => LineOf(cell, partner))
            .GroupBy(line => (line.Wallet, line.Line, line.Price, line.Billing, line.Agreement))
            .Select(group => Valued(group.First() with { Points = group.Sum(line => line.Points) }))
            .Where(line => !line.Points.IsZero)
            .OrderBy(line => line.Wallet.Value, StringComparer.Ordinal).ThenBy(line => line.Line).ThenBy(line => line.Agreement)
            .ThenBy(line => line.Price)];
        var wallets = cells.Select(cell => cell.Wallet).Concat(opening.Where(one => !one.Value.IsZero).Select(one => one.Key)).Distinct()
            .OrderBy(wallet => wallet.Value, StringComparer.Ordinal);
        var (charged, credited) = (lines.Aggregate(Money.Zero, (sum, line) => sum + line.Charged),
            lines.Aggregate(Money.Zero, (sum, line) => sum + line.Credited));
        return new Statement(month, party, party.Kind, [.. wallets.Select(wallet => WalletOf(wallet,
            opening.GetValueOrDefault(wallet), cells))], lines, charged, credited, charged - credited);
    }

    private static WalletStatement WalletOf(WalletCode wallet, Points opening, IReadOnlyList<Cell> cells)
    {
        var of = cells.Where(cell => cell.Wallet == wallet).ToArray();
        Points Sum(LineKind line) => of.Where(cell => cell.Line == line).Sum(cell => cell.Points);
        var change = of.Where(cell => cell.Line <= LineKind.Owed).Sum(cell => cell.Points);
        return new WalletStatement(wallet, opening, Sum(LineKind.Issued), Sum(LineKind.ClawedBack), Sum(LineKind.RedeemedHere),
            Sum(LineKind.RedeemedElsewhere), Sum(LineKind.Refunded), Sum(LineKind.Expired), Sum(LineKind.Transferred),
            Sum(LineKind.ExchangedIn), Sum(LineKind.ExchangedOut), Sum(LineKind.Adjusted), Sum(LineKind.Owed), opening + change,
            Sum(LineKind.Taken), Sum(LineKind.TakenBack), Sum(LineKind.TakenInExchange));
    }

    /// <summary>At which price, and by whose word. An agreement keeps its terms for what was earned or taken on its days, however late it
    /// is told.</summary>
    private static StatementLine LineOf(Cell cell, Partner? partner)
    {
        var agreement = cell.Day is { } day ? partner?.On(day) : null;
        var isTaken = cell.Line > LineKind.Owed;
        var price = (agreement, isTaken) switch { (null, _) => cell.Price, (_, true) => agreement.RedeemsAt, _ => agreement.PricePerPoint };
        // The programme bears what nobody pays for, at no price.
        Billing? billing = isTaken || cell.Party.Kind == PartyKind.Programme ? null : agreement?.Billing ?? Billing.OnIssue;
        return new StatementLine(cell.Wallet, cell.Line, cell.Points, price, billing, agreement?.From, Money.Zero, Money.Zero);
    }

    private static StatementLine Valued(StatementLine line) => line with
    {
        Charged = line.Billing is { } billing ? Worth(line.Points, Owes(billing, line.Line) * line.Price) : Money.Zero,
        Credited = line.Line > LineKind.Owed ? Worth(line.Points, line.Price) : Money.Zero,
    };

    /// <summary>1: owes for points above zero; -1: for points below it; 0: not at all.</summary>
    private static int Owes(Billing billing, LineKind line) => (billing, line) switch
    {
        (Billing.OnIssue, LineKind.Issued or LineKind.ClawedBack or LineKind.ExchangedIn or LineKind.Adjusted) => 1,
        (Billing.OnRedemption, LineKind.RedeemedHere or LineKind.RedeemedElsewhere or LineKind.Refunded or LineKind.ExchangedOut
            or LineKind.Owed) => -1,
        _ => 0,
    };

    /// <summary>To the fen, halves away from zero.</summary>
    private static Money Worth(Points points, decimal? price) =>
        new((long)decimal.Round(points.Hundredths * (price ?? 0), MidpointRounding.AwayFromZero));

    private static Money Sum(IEnumerable<Statement> statements, Func<Statement, Money> of) =>
        statements.Aggregate(Money.Zero, (sum, one) => sum + of(one));
}
