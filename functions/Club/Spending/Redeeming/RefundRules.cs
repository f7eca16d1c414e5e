using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Spending;

/// <summary>A refund 退还 gives the very lots back, last drawn first. Pure.</summary>
public static class RefundRules
{
    /// <param name="points">Null: all that is left of it.</param>
    /// <returns>Problems: <c>not-confirmed</c>, <c>over-limit</c>.</returns>
    public static Outcome<Redemption> Refund(Journal journal, Stored<Redemption> stored, Points? points, string reason, string author)
    {
        var redemption = stored.Value;
        if (redemption.State is not (RedemptionState.Confirmed or RedemptionState.Refunded))
            return new Problem("not-confirmed", $"Redemption {redemption.Id} is {redemption.State.ToString().ToLowerInvariant()}: nothing of it was spent.")
            { Kind = ProblemKind.Conflict };
        var left = redemption.Points - redemption.Refunded;
        var asked = points ?? left;
        if (asked > left || left.IsZero)
            return SpendingTerms.OverLimit($"{asked} points cannot be given back: of the {redemption.Points} that were spent {left} are left.") with
            { Numbers = new Dictionary<string, decimal> { ["available"] = left.Value } };
        var lines = Lines(journal, redemption, asked);
        var returned = lines.Sum(line => line.Points);
        var part = new RefundPart(journal.RecordedAt, asked, returned, reason, author);
        Post(journal, redemption, lines, asked, returned);
        // What was given back was not spent, in the periods in which it was.
        journal.Account = SpentRules.Count(journal.Account, SpentRules.Redeemed, asked == left ? -1 : 0, -asked,
            DateOnly.FromDateTime(redemption.At.DateTime), journal.Today);
        var after = redemption.After(part) with { State = asked == left ? RedemptionState.Refunded : RedemptionState.Confirmed };
        journal.Attach(after, stored.ETag);
        return after;
    }

    /// <param name="part">1, 2, 3… of what is given back.</param>
    public static string SourceIdOf(Redemption redemption, int part) => $"{redemption.Id}/refund/{part}";

    private static void Post(Journal journal, Redemption redemption, List<LotLine> lines, Points asked, Points returned)
    {
        var sourceId = SourceIdOf(redemption, redemption.Parts + 1);
        List<CounterLine> counter = [new CounterLine(redemption.For.Party, -asked)];
        if (asked != returned) counter.Add(new CounterLine(CounterLine.Breakage, asked - returned));
        var explanation = MoveLines.Explain([.. lines.Where(line => !(line.LapsesOn <= journal.Today))], How.Refunded).ToList();
        if (asked != returned)
            explanation.Add(new Explanation(null, null, null, null, Points.Zero, new Calculation(How.LapsedMeanwhile,
                (asked - returned).Value)));
        journal.Post(new Posting(Entry.IdOf(RedeemRules.Source, sourceId), new Cause.Moved(EntryKind.Refund, new Move(redemption.Id,
                On: DateOnly.FromDateTime((redemption.EndedAt ?? redemption.At).DateTime), PointValue: redemption.Price.PointValue)),
            redemption.Wallet, journal.RecordedAt, journal.Today, RedeemRules.Source, sourceId, lines, explanation)
        {
            Counter = counter,
            DealerId = redemption.For.DealerId,
        });
    }

    /// <summary>The lines that give back so many points: of those that were drawn from the last to the first, after what was given back
    /// before.</summary>
    public static List<LotLine> Lines(Journal journal, Redemption redemption, Points points)
    {
        var (back, before, left) = (new List<LotLine>(), redemption.Refunded, points);
        foreach (var line in redemption.Lines.Reverse())
        {
            if (left.IsZero) break;
            var size = -line.Points;
            if (before >= size)
            {
                before -= size;
                continue;
            }
            var part = Points.Min(size - before, left);
            back.AddRange(Back(journal, redemption, line, before, part));
            left -= part;
            before = Points.Zero;
        }
        return back;
    }

    /// <param name="before">What of the line was given back before.</param>
    private static IEnumerable<LotLine> Back(Journal journal, Redemption redemption, LotLine line, Points before, Points part)
    {
        if (line.Lot == Lot.Debt) return Repaid(journal, redemption.Wallet, part);
        var whole = FundingRules.Negated(line.Payers);
        var mine = FundingRules.Sum(FundingRules.PartOf(whole, before + part), FundingRules.Negated(FundingRules.PartOf(whole, before)));
        var again = line with { Points = part, Payers = mine };
        if (!(line.LapsesOn <= journal.Today)) return [again with { LapsesOn = Latest(journal, redemption.Wallet, line.LapsesOn) }];
        // Without grace it comes back and lapses at once, so that the entry says whose points they were.
        return journal.Programme.Spending?.RefundGraceDays is > 0 and var days ? [again with { LapsesOn = journal.Today.AddDays(days) }]
            : [again, again.Back()];
    }

    /// <summary>Where inactivity lets points lapse, what comes back lapses no earlier than what stayed.</summary>
    private static DateOnly? Latest(Journal journal, WalletCode code, DateOnly? lapsesOn)
    {
        if (journal.Programme.FindWallet(code)?.Expiry is not Programmes.ExpiryPolicy.Inactivity) return lapsesOn;
        var live = journal.Account.Wallet(code).Lots.Where(lot => lot.Remaining.IsPositive && !lot.HasLapsed(journal.Today))
            .Max(lot => lot.LapsesOn);
        return live > lapsesOn ? live : lapsesOn;
    }

    /// <summary>What was owed for it is owed no more; what accruals repaid of it meanwhile is a lot of today.</summary>
    private static IEnumerable<LotLine> Repaid(Journal journal, WalletCode code, Points part)
    {
        var debt = journal.Account.Wallet(code).Debt;
        var owed = Points.Min(part, -(debt?.Remaining ?? Points.Zero));
        if (owed.IsPositive) yield return new LotLine(Lot.Debt, owed, debt!.EarnedOn);
        if (part > owed && journal.Programme.FindWallet(code) is { } wallet)
            yield return LotRules.Given(journal.Programme, wallet, part - owed, journal.Today, null);
    }
}
