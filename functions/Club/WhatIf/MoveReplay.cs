using Club.Kernel;
using Club.Ledger;
using Club.Spending;

namespace Club.WhatIf;

/// <summary>
/// What a member spent, got back, gave away and was given, played again: what goes out comes out of the lots that there would be, and where
/// they would not have sufficed the rest is owed. Pure.
/// </summary>
internal sealed class MoveReplay
{
    private readonly Dictionary<string, Redemption> _redemptions = [];

    /// <summary>Redemptions that could not have been paid for.</summary>
    public int Unaffordable { get; private set; }

    public void Play(Journal journal, Entry entry, Move move)
    {
        // A wallet that the draft does not have holds nothing that could be spent.
        if (journal.Programme.FindWallet(entry.Wallet) is null) return;
        var lines = entry.Kind == EntryKind.Refund ? Refunded(journal, entry, move) : entry.Points.IsNegative ? Spent(journal, entry, move)
            : Given(journal, entry);
        if (lines.Count == 0) return;
        var points = lines.Sum(line => line.Points);
        journal.Post(new Posting(entry.Id, new Cause.Moved(entry.Kind, move), entry.Wallet, entry.At, entry.On, entry.Source,
            entry.SourceId,
            lines, []) { Counter = [new CounterLine(entry.Counter.Count > 0 ? entry.Counter[0].Account : CounterLine.Programme,
                -points)] });
    }

    private List<LotLine> Spent(Journal journal, Entry entry, Move move)
    {
        var wallet = journal.Account.Wallet(entry.Wallet);
        var drawn = DrawRules.Draw(wallet, -entry.Points, journal.Today, null);
        List<LotLine> lines = [.. drawn.Lines];
        if (drawn.Missing.IsPositive) lines.Add(new LotLine(Lot.Debt, -drawn.Missing, wallet.Debt?.EarnedOn ?? journal.Today));
        if (entry.Kind != EntryKind.Redemption) return lines;
        // What was overdrawn then is no worse now.
        if (drawn.Missing > -entry.Lots.Where(line => line.Lot == Lot.Debt).Sum(line => line.Points)) Unaffordable++;
        _redemptions[move.Id] = new Redemption
        {
            Id = move.Id, MemberId = journal.Account.MemberId, State = RedemptionState.Confirmed, Wallet = entry.Wallet, Points =
                -entry.Points,
            Cash = Money.Zero, Price = new SpentPrice(0, 0), For = new SpentFor(SpentKind.Bill, Money.Zero, entry.DealerId), Lines = lines,
            Overdrawn = drawn.Missing, At = entry.At, Author = "", ProgrammeVersion = entry.ProgrammeVersion,
        };
        return lines;
    }

    private List<LotLine> Refunded(Journal journal, Entry entry, Move move)
    {
        if (!_redemptions.TryGetValue(move.Id, out var redemption)) return [];
        var asked = Points.Min(-entry.Counter[0].Points, redemption.Points - redemption.Refunded);
        var lines = RefundRules.Lines(journal, redemption, asked);
        _redemptions[move.Id] = redemption.After(new RefundPart(entry.At, asked, lines.Sum(line => line.Points), "", ""));
        return lines;
    }

    /// <summary>As it was given; what repaid a debt repays what would be owed.</summary>
    private static List<LotLine> Given(Journal journal, Entry entry)
    {
        var lines = entry.Lots.Where(line => line.Lot is not (Lot.Debt or LotLine.All)).ToList();
        var repaid = entry.Lots.Where(line => line.Lot == Lot.Debt).Sum(line => line.Points);
        var owed = journal.Account.Wallet(entry.Wallet).Debt;
        var part = Points.Min(repaid, -(owed?.Remaining ?? Points.Zero));
        if (part.IsPositive) lines.Add(new LotLine(Lot.Debt, part, owed!.EarnedOn));
        return lines;
    }
}
