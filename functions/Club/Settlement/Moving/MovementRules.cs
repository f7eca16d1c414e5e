using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Settlement;

/// <summary>
/// What an entry of the ledger did to those who pay for points and those who take them. Pure. The movements that are
/// <see cref="Movement.IsFunded"/> sum to the points of the entry: a point that nobody pays for, and what a member owes, is the programme's.
/// </summary>
public static class MovementRules
{
    /// <summary>The payer of a rule book that stands for the dealer where the points were earned.</summary>
    public const string EarnedAt = "dealer";

    /// <param name="programme">The version that the entry names: it says who the brand is, and what points of the wallet cost.</param>
    public static IReadOnlyList<Movement> Of(SettledEntry entry, Programme programme)
    {
        if (entry.MergedFrom is not null) return [];
        var brand = programme.Funders.Count > 0 ? programme.Funders[0].Code : null;
        var moves = Funded(entry, brand);
        var owed = entry.Lots.Where(lot => lot.Lot == Lot.Debt).Sum(lot => lot.Points);
        switch (entry.Kind)
        {
            case EntryKind.Accrual or EntryKind.ExchangeIn when !owed.IsZero:
                Repay(moves, entry, programme, brand);
                break;
            case EntryKind.Reversal:
                TakeBack(moves, entry, programme, brand);
                break;
            case EntryKind.Expiry when !owed.IsZero:
                Lapse(moves, owed);
                break;
            case EntryKind.Redemption or EntryKind.Donation:
                Take(moves, entry, LineKind.Taken);
                break;
            case EntryKind.Refund:
                Take(moves, entry, LineKind.TakenBack);
                break;
            case EntryKind.ExchangeOut:
                Take(moves, entry, LineKind.TakenInExchange);
                break;
        }
        return moves;
    }

    /// <summary>Who pays a share of a lot.</summary>
    public static Party PayerOf(string funder, DealerId? earnedAt, string? brand) =>
        funder == brand ? new Party(PartyKind.Brand, funder)
        : funder != EarnedAt ? new Party(PartyKind.Partner, funder)
        : earnedAt is { } dealer ? new Party(PartyKind.Dealer, dealer.Value) : Party.Programme;

    /// <summary>What the lots of the entry say, share by share.</summary>
    private static List<Movement> Funded(SettledEntry entry, string? brand)
    {
        var moves = new List<Movement>(entry.Lots.Count + 2);
        var taker = entry.Kind == EntryKind.Redemption ? TakerOf(entry) : null;
        foreach (var lot in entry.Lots)
        {
            if (lot.Points.IsZero) continue;
            if (lot.Payers.Count == 0) Add(Party.Programme, lot, lot.Points);
            foreach (var (funder, points) in lot.Payers) Add(PayerOf(funder, lot.DealerId, brand), lot, points);
        }
        return moves;

        void Add(Party party, LotLine lot, Points points)
        {
            if (!points.IsZero)
                moves.Add(new Movement(party, LineOf(entry.Kind, lot, party == taker), entry.Wallet, points, lot.EarnedOn, lot.UnitCost)
                {
                    LapsesOn = lot.LapsesOn,
                });
        }
    }

    private static LineKind LineOf(EntryKind kind, LotLine lot, bool isTaker) => kind switch
    {
        EntryKind.Redemption => isTaker ? LineKind.RedeemedHere : LineKind.RedeemedElsewhere,
        EntryKind.Donation => LineKind.RedeemedElsewhere,
        // What came back and had lapsed meanwhile goes at once.
        EntryKind.Refund => lot.Points.IsNegative ? LineKind.Expired : LineKind.Refunded,
        EntryKind.ExchangeOut => LineKind.ExchangedOut,
        EntryKind.TransferOut or EntryKind.TransferIn => LineKind.Transferred,
        EntryKind.Adjustment => LineKind.Adjusted,
        _ when lot.Lot == Lot.Debt => LineKind.Owed,
        EntryKind.Accrual => LineKind.Issued,
        EntryKind.Reversal => LineKind.ClawedBack,
        EntryKind.Expiry => LineKind.Expired,
        EntryKind.ExchangeIn => LineKind.ExchangedIn,
        EntryKind.Release => LineKind.Owed,
        _ => throw new InvalidOperationException($"Nobody has said how a {kind} is settled."),
    };

    /// <summary>What was given and repaid a debt at once is in no lot: its payers gave it all the same.</summary>
    private static void Repay(List<Movement> moves, SettledEntry entry, Programme programme, string? brand)
    {
        var line = entry.Kind == EntryKind.Accrual ? LineKind.Issued : LineKind.ExchangedIn;
        foreach (var given in entry.Counter.GroupBy(counter => GiverOf(counter.Account, entry.DealerId, brand)))
        {
            var missing = -given.Sum(counter => counter.Points)
                - moves.Where(move => move.Party == given.Key && move.Line == line).Sum(move => move.Points);
            Shift(moves, given.Key, line, LineKind.Owed, entry, missing, entry.On, programme);
        }
    }

    /// <summary>
    /// Payers get back all that they gave. What of it had been spent came out of other points, or is owed from now on; what had lapsed
    /// comes back from there.
    /// </summary>
    private static void TakeBack(List<Movement> moves, SettledEntry entry, Programme programme, string? brand)
    {
        var taken = moves.Where(move => move.Line == LineKind.ClawedBack).Select(move => (move.Party, move.Day, Points: -move.Points));
        var open = (entry.Returned ?? []).SelectMany(line => line.Shares(entry, brand)).Concat(taken)
            .GroupBy(share => (share.Party, share.Day))
            .Select(group => (group.Key.Party, group.Key.Day, Points: group.Sum(share => share.Points)))
            .Where(one => !one.Points.IsZero).ToArray();
        var lapsed = -entry.Counter.Where(line => line.Account == CounterLine.Breakage).Sum(line => line.Points);
        var ofLapsed = FundingRules.PartOf([.. open.Select(one => new Funding("", Points.Max(Points.Zero, -one.Points)))], lapsed);
        foreach (var (i, (party, day, points)) in open.Index())
        {
            var gone = ofLapsed[i].Points;
            Shift(moves, party, LineKind.ClawedBack, LineKind.Expired, entry, -gone, day, programme);
            Shift(moves, party, LineKind.ClawedBack, LineKind.Owed, entry, points + gone, day, programme);
        }
    }

    /// <summary>A debt is repaid first by what lapses: that much did not lapse, it was used up.</summary>
    private static void Lapse(List<Movement> moves, Points repaid)
    {
        var lapsed = moves.Where(move => move.Line == LineKind.Expired).ToArray();
        var shares = FundingRules.PartOf([.. lapsed.Select(move => new Funding("", -move.Points))], repaid);
        foreach (var (move, share) in lapsed.Zip(shares))
        {
            if (share.Points.IsZero) continue;
            moves.Add(move with { Points = share.Points });
            moves.Add(move with { Line = LineKind.Owed, Points = -share.Points });
        }
    }

    /// <summary>More of one line, and less of another: what the party pays for stays what the lots say.</summary>
    private static void Shift(List<Movement> moves, Party party, LineKind line, LineKind against, SettledEntry entry, Points points,
        DateOnly day, Programme programme)
    {
        if (points.IsZero) return;
        var price = programme.FindWallet(entry.Wallet)?.UnitCost;
        moves.Add(new Movement(party, line, entry.Wallet, points, day, price));
        moves.Add(new Movement(party, against, entry.Wallet, -points, day, price));
    }

    private static void Take(List<Movement> moves, SettledEntry entry, LineKind line)
    {
        foreach (var counter in entry.Counter)
            if (TakerOf(counter.Account) is { } taker)
                moves.Add(new Movement(taker, line, entry.Wallet, counter.Points, entry.Move?.On ?? entry.On,
                    taker.Kind == PartyKind.Programme ? null : entry.Move?.PointValue));
    }

    private static Party? TakerOf(SettledEntry entry) => entry.Counter.Count > 0 ? TakerOf(entry.Counter[0].Account) : null;

    private static Party? TakerOf(string account)
    {
        if (account == CounterLine.Programme) return Party.Programme;
        if (!Party.TryParse(account, out var party)) return null;
        return party.Kind is PartyKind.Dealer or PartyKind.Partner or PartyKind.Cause ? party : null;
    }

    private static Party GiverOf(string account, DealerId? earnedAt, string? brand) => account.Split(':', 2) switch
    {
        ["funder", var funder] => PayerOf(funder, earnedAt, brand),
        ["partner", var partner] => PayerOf(partner, null, brand),
        _ => Party.Programme,
    };
}
