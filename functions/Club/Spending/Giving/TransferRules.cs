using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Spending;

/// <summary>Points from one member to another, step by step. Pure: what is decided is posted to the journal.</summary>
public static class TransferRules
{
    /// <summary>The first step: the giver's points are on their way.</summary>
    /// <param name="to">The receiver, by whatever way she was named.</param>
    /// <returns>Problems: <c>not-offered</c>, <c>invalid-data</c>, <c>wrong-dealer</c>, <c>over-limit</c>, <c>being-merged</c>,
    /// <c>insufficient-points</c>.</returns>
    public static Outcome<Transfer> Give(Journal journal, string id, MemberId to, bool isWithinFamily, TransferPointsRequest request,
        string author)
    {
        var read = GivingTerms.Of(journal.Programme, request.Wallet);
        if (read.Problem is { } wrong) return wrong;
        var terms = read.Value;
        if (terms.Rules.Transfers is not { } rules)
            return SpendingTerms.NotOffered($"The programme \"{journal.Programme.Id}\" lets nobody transfer points.");
        if (to == journal.Account.MemberId)
            return new Problem("invalid-data", "$.to: is the member herself.", "$.to");
        if (request.Points < rules.Least)
            return SpendingTerms.NotOffered($"{rules.Least} points are the fewest that are transferred.");
        if (!isWithinFamily && OverLimit(journal, rules, request.Points) is { } over) return over;
        var fee = isWithinFamily ? Points.Zero : FeeOf(request.Points, rules);
        var drawn = terms.Take(journal, request.Points + fee);
        if (drawn.Problem is { } lacking) return lacking;
        var wallet = journal.Account.Wallet(terms.Wallet.Code);
        // What lapses first is what is given; the fee comes out of what is left.
        var lines = DrawRules.Draw(wallet, request.Points, journal.Today, null).Lines;
        var fees = DrawRules.Draw(lines.Aggregate(wallet, (rest, line) => rest.With(line)), fee, journal.Today, null).Lines;
        var transfer = new Transfer
        {
            Id = id, MemberId = journal.Account.MemberId, To = to, State = TransferState.UnderWay, Wallet = terms.Wallet.Code,
            Points = request.Points, Fee = fee, IsWithinFamily = isWithinFamily, Lines = lines, FeeLines = fees, Reason = request.Reason,
            At = journal.RecordedAt, Author = author, FinishDue = journal.Today,
        };
        PostOut(journal, transfer);
        if (!isWithinFamily)
            journal.Account = SpentRules.Count(journal.Account, SpentRules.Transferred, 1, request.Points, journal.Today, journal.Today);
        journal.Attach(transfer);
        return transfer;
    }

    /// <summary>The second step: the receiver has the very lots, at their price and with their end; they repay first what she
    /// owes.</summary>
    public static void Receive(Journal journal, Transfer transfer)
    {
        LotLine[] lots = [.. transfer.Lines.Select(line => line.Back())];
        var lines = LotRules.Repay(journal.Account.Wallet(transfer.Wallet), lots, journal.Today);
        journal.Post(new Posting(transfer.InId, new Cause.Moved(EntryKind.TransferIn, new Move(transfer.Id, transfer.MemberId)),
            transfer.Wallet, journal.RecordedAt, journal.Today, GivingTerms.Source, transfer.InSourceId, lines, MoveLines.Explain(lines,
                How.Transferred))
        {
            Counter = [new CounterLine(CounterLine.Transfer, -transfer.Points)],
        });
    }

    /// <summary>The last step: it is done, or the giver has it back, the fee too, as if it had never been.</summary>
    /// <param name="etag">Null: the document is made here, where a merge has not brought it yet.</param>
    public static void End(Journal journal, Transfer transfer, string? etag, bool isReceived)
    {
        if (transfer.State != TransferState.UnderWay) return;
        if (!isReceived) GiveBack(journal, transfer);
        journal.Attach(transfer with
        {
            MemberId = journal.Account.MemberId,
            State = isReceived ? TransferState.Done : TransferState.Returned,
            EndedAt = journal.RecordedAt,
            FinishDue = null,
        }, etag);
    }

    private static void PostOut(Journal journal, Transfer transfer)
    {
        List<CounterLine> counter = [new CounterLine(CounterLine.Transfer, transfer.Points)];
        if (transfer.Fee.IsPositive) counter.Add(new CounterLine(CounterLine.Programme, transfer.Fee));
        journal.Post(new Posting(transfer.OutId, new Cause.Moved(EntryKind.TransferOut, new Move(transfer.Id, transfer.To)),
            transfer.Wallet, journal.RecordedAt, journal.Today, GivingTerms.Source, transfer.Id,
            [.. transfer.Lines, .. transfer.FeeLines, .. MoveLines.Active(journal, transfer.Wallet)],
            [.. MoveLines.Explain(transfer.Lines, How.Transferred), .. MoveLines.Explain(transfer.FeeLines, How.Fee)])
        { Counter = counter });
    }

    private static void GiveBack(Journal journal, Transfer transfer)
    {
        LotLine[] lots = [.. transfer.Lines.Concat(transfer.FeeLines).Select(line => line.Back())];
        var lines = LotRules.Repay(journal.Account.Wallet(transfer.Wallet), lots, journal.Today);
        List<CounterLine> counter = [new CounterLine(CounterLine.Transfer, -transfer.Points)];
        if (transfer.Fee.IsPositive) counter.Add(new CounterLine(CounterLine.Programme, -transfer.Fee));
        journal.Post(new Posting(transfer.BackId, new Cause.Moved(EntryKind.TransferIn, new Move(transfer.Id, transfer.To)),
            transfer.Wallet, journal.RecordedAt, journal.Today, GivingTerms.Source, transfer.BackSourceId, lines,
                MoveLines.Explain(lines, How.Refunded))
        { Counter = counter });
        if (!transfer.IsWithinFamily)
            journal.Account = SpentRules.Count(journal.Account, SpentRules.Transferred, -1, -transfer.Points,
                DateOnly.FromDateTime(transfer.At.DateTime), journal.Today);
    }

    private static Problem? OverLimit(Journal journal, TransferTerms rules, Points points)
    {
        var year = SpentRules.In(journal.Account, SpentRules.Transferred, CapPeriod.Year, journal.Today);
        if (rules.PerYear is { } times && year.Times >= times)
            return SpendingTerms.OverLimit($"Points are transferred {times} times a year at most, but within a family.");
        return rules.PointsPerYear is { } most && year.Points + points > most
            ? SpendingTerms.OverLimit($"At most {most} points are transferred a year, but within a family; {year.Points} of them are.") with
            { Numbers = new Dictionary<string, decimal> { ["available"] = Points.Max(Points.Zero, most - year.Points).Value } } : null;
    }

    /// <summary>To the hundredth of a point, half a hundredth up.</summary>
    private static Points FeeOf(Points points, TransferTerms rules) =>
        new((long)decimal.Round(points.Hundredths * rules.FeePercent / 100, MidpointRounding.AwayFromZero));
}
