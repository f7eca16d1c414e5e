using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Settlement;

/// <summary>
/// Adds up what entries and events until the end of a day come to. Entries of a member come in their order; those of several in any. What a
/// merge copied is passed over, and what the other member had counts as the survivor's.
/// </summary>
internal sealed class LiabilityFold(DateOnly on, DateTimeOffset end, DateTimeOffset monthBegin, TierCode first)
{
    private readonly Dictionary<(WalletCode, Party, DateOnly? Lapses, decimal? Price), Points> _lots = [];
    private readonly Dictionary<(string Member, WalletCode), (Points Points, decimal Cost)> _members = [];
    private readonly Dictionary<string, TierCode> _tiers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _survivors = new(StringComparer.Ordinal);
    private readonly Dictionary<(LineKind, Party), decimal> _changes = [];
    private readonly Dictionary<(WalletCode, int Issued), (long Issued, long Expired, SortedDictionary<int, long> Redeemed)> _cohorts = [];
    private decimal _opening;

    public DateOnly On { get; } = on;

    public void Add(SettledEntry entry, Programme programme, DateOnly recordedOn)
    {
        if (entry.RecordedAt >= end) return;
        var moves = programme.FindWallet(entry.Wallet)?.Expiry is ExpiryPolicy.Inactivity;
        foreach (var move in MovementRules.Of(entry, programme).Where(move => move.IsFunded))
        {
            DateOnly? lapses = moves || move.LapsesOn is not { } day ? null : new DateOnly(day.Year, day.Month, 1);
            // A debt has no price, and no end.
            var key = (entry.Wallet, move.Party, move.Price is null ? null : lapses, move.Price);
            _lots[key] = _lots.GetValueOrDefault(key) + move.Points;
            var cost = move.Points.Hundredths * (move.Price ?? 0) / 100;
            var member = ((string)entry.MemberId, entry.Wallet);
            var (points, sum) = _members.GetValueOrDefault(member);
            _members[member] = (points + (move.Price is null ? Points.Zero : move.Points), sum + cost);
            if (entry.RecordedAt < monthBegin) _opening += cost;
            else _changes[(move.Line, move.Party)] = _changes.GetValueOrDefault((move.Line, move.Party)) + cost;
            if (move.Price is not null) Count(entry.Wallet, move, recordedOn);
        }
    }

    public void Add(MemberEvent happened)
    {
        if (happened.At >= end) return;
        if (happened is { Kind: MemberEventKind.TierChanged, To: { } tier }) _tiers[happened.MemberId] = new TierCode(tier);
        if (happened is { Kind: MemberEventKind.Merged, From: { } other }) _survivors[other] = happened.MemberId;
    }

    public LiabilityView Result()
    {
        var wallets = _lots.Keys.Select(key => key.Item1).Distinct().OrderBy(wallet => wallet.Value, StringComparer.Ordinal);
        var closing = _opening + _changes.Values.Sum();
        var before = 0m;
        var of = new List<WalletLiability>();
        foreach (var wallet in wallets) of.Add(Of(wallet, ref before));
        return new LiabilityView(On, Round(closing), of, Round(_opening), Journal());
    }

    private void Count(WalletCode wallet, Movement move, DateOnly recordedOn)
    {
        var issued = Months(move.Day);
        var (given, expired, redeemed) = _cohorts.TryGetValue((wallet, issued), out var known) ? known : (0, 0, []);
        var points = move.Points.Hundredths;
        switch (move.Line)
        {
            case LineKind.Issued or LineKind.ClawedBack or LineKind.ExchangedIn or LineKind.Adjusted: given += points; break;
            case LineKind.Expired: expired -= points; break;
            case LineKind.Transferred: break;
            default:
                var age = Math.Max(0, Months(recordedOn) - issued);
                redeemed[age] = redeemed.GetValueOrDefault(age) - points;
                break;
        }
        _cohorts[(wallet, issued)] = (given, expired, redeemed);
    }

    /// <param name="before">What the wallets before it cost: each amount is the difference of two rounded sums, so that all wallets come to
    /// the whole, and the parts of each way of parting a wallet to the wallet, to the fen.</param>
    private WalletLiability Of(WalletCode wallet, ref decimal before)
    {
        var lots = _lots.Where(one => one.Key.Item1 == wallet && !one.Value.IsZero).ToArray();
        var priced = lots.Where(one => one.Key.Price is not null).ToArray();
        var points = priced.Sum(one => one.Value);
        var cost = priced.Sum(one => CostOf(one.Value, one.Key.Price));
        var begin = before;
        before += cost;
        var lapses = priced.GroupBy(one => one.Key.Lapses).OrderBy(group => group.Key ?? DateOnly.MaxValue);
        var tiers = _members.Where(one => one.Key.Item2 == wallet)
            .GroupBy(one => _tiers.GetValueOrDefault(Survivor(one.Key.Member), first))
            .OrderBy(group => group.Key.Value, StringComparer.Ordinal);
        var payers = priced.GroupBy(one => one.Key.Item2).OrderBy(group => group.Key);
        return new WalletLiability(wallet, points, lots.Sum(one => one.Value) - points, Round(before) - Round(begin),
            [.. Parts(lapses, begin, one => CostOf(one.Value, one.Key.Price)).Select(part => new LapsePart(part.Of.Key is { } month ? $"{new StatementMonth(month)}" : null, part.Of.Sum(one => one.Value), part.Cost))],
            [.. Parts(tiers, begin, one => one.Value.Cost)
                .Select(part => new TierPart(part.Of.Key, part.Of.Sum(one => one.Value.Points), part.Cost))],
            [.. Parts(payers, begin, one => CostOf(one.Value, one.Key.Price))
                .Select(part => new PayerPart(part.Of.Key, part.Of.Sum(one => one.Value), part.Cost))],
            Breakage(wallet, points, cost));
    }

    private static IEnumerable<(IGrouping<TKey, T> Of, Money Cost)> Parts<TKey, T>(IEnumerable<IGrouping<TKey, T>> groups, decimal begin,
        Func<T, decimal> cost)
    {
        foreach (var group in groups)
        {
            var end = begin + group.Sum(cost);
            yield return (group, Round(end) - Round(begin));
            begin = end;
        }
    }

    private string Survivor(string member)
    {
        for (var steps = 0; steps < 100 && _survivors.TryGetValue(member, out var other); steps++) member = other;
        return member;
    }

    private BreakageView Breakage(WalletCode wallet, Points outstanding, decimal cost)
    {
        var now = Months(On);
        IssueMonth[] cohorts = [.. _cohorts.Where(one => one.Key.Item1 == wallet).OrderBy(one => one.Key.Issued).Select(one =>
            new IssueMonth(one.Key.Issued, one.Value.Issued, one.Value.Expired,
                [.. Enumerable.Range(0, Math.Max(1, now - one.Key.Issued + 1)).Select(age => one.Value.Redeemed.GetValueOrDefault(age))]))];
        var ultimate = BreakageRules.Ultimate(cohorts, now);
        var (issued, ahead) = (cohorts.Sum(one => one.Issued), ultimate.Sum() - cohorts.Sum(one => one.Redeemed.Sum()));
        var lost = Points.Max(Points.Zero, Points.Min(outstanding, outstanding - new Points(ahead)));
        var test = BreakageRules.BackTest(cohorts, now);
        return new BreakageView(issued <= 0 ? null : decimal.Round(Math.Clamp((decimal)ultimate.Sum() / issued, 0, 1), 4), lost,
            outstanding.IsZero ? Money.Zero : Round(cost * lost.Hundredths / outstanding.Hundredths),
            test is var (asOf, months, predicted, actual) ? new BackTest(MonthOf(asOf), months, new Points(predicted), new Points(actual),
                actual == 0 ? null : decimal.Round((decimal)(predicted - actual) / actual, 4)) : null,
            [.. cohorts.Zip(ultimate, (one, end) => new Cohort(MonthOf(one.Month), new Points(one.Issued), new Points(one.Expired),
                Cumulated(one.Redeemed), new Points(end)))]);
    }

    /// <summary>Each line is the difference of two rounded sums, so that opening and lines are the closing to the fen.</summary>
    private List<JournalLine> Journal()
    {
        var (lines, sum) = (new List<JournalLine>(), _opening);
        foreach (var ((line, party), change) in _changes.OrderBy(one => one.Key.Item1).ThenBy(one => one.Key.Item2))
        {
            var amount = Round(sum + change) - Round(sum);
            sum += change;
            if (amount.Fen == 0) continue;
            var other = AccountOf(line, party);
            lines.Add(amount.IsNegative
                ? new JournalLine($"{new StatementMonth(On)}", line, "liability", other, Money.Zero - amount)
                : new JournalLine($"{new StatementMonth(On)}", line, other, "liability", amount));
        }
        return lines;
    }

    private static string AccountOf(LineKind line, Party party) => line switch
    {
        LineKind.Issued or LineKind.ClawedBack or LineKind.ExchangedIn or LineKind.Adjusted => $"cost:{party}",
        LineKind.Expired => "breakage",
        LineKind.Transferred => "transfers",
        LineKind.Owed => "members",
        _ => "goods",
    };

    private static Points[] Cumulated(IReadOnlyList<long> each)
    {
        var sum = 0L;
        return [.. each.Select(one => new Points(sum += one))];
    }

    private static int Months(DateOnly day) => day.Year * 12 + day.Month - 1;

    private static string MonthOf(int months) => $"{new StatementMonth(new DateOnly(months / 12, months % 12 + 1, 1))}";

    private static decimal CostOf(Points points, decimal? price) => points.Hundredths * (price ?? 0) / 100;

    private static Money Round(decimal yuan) => new((long)decimal.Round(yuan * 100, MidpointRounding.AwayFromZero));
}
