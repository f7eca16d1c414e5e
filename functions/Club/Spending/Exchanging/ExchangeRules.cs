using Club.Earning;
using Club.Kernel;
using Club.Ledger;

namespace Club.Spending;

/// <summary>Points exchanged with a partner at a rate. Pure: what is decided is posted to the journal.</summary>
public static class ExchangeRules
{
    /// <param name="rate">How many of the other's points one point becomes.</param>
    /// <returns>Problems: <c>not-offered</c>, <c>invalid-data</c>, <c>wrong-dealer</c>, <c>over-limit</c>, <c>being-merged</c>,
    /// <c>insufficient-points</c>.</returns>
    public static Outcome<Exchange> Exchange(Journal journal, string id, ExchangeRequest request, decimal rate, string author)
    {
        var read = GivingTerms.Of(journal.Programme, request.Wallet, toPartner: true);
        if (read.Problem is { } wrong) return wrong;
        var becomes = decimal.Floor(request.Points.Hundredths * rate);
        if (becomes < 1) return SpendingTerms.NotOffered($"{request.Points} points at a rate of {rate} come to nothing.");
        if (becomes > SpendingFields.Most * 100)
            return new Problem("invalid-data", $"$.points: {request.Points} points at a rate of {rate} are more than anybody has.", "$.points");
        // What a message may not give by itself, a call does not give either.
        if (request.Direction == ExchangeDirection.In && read.Value.Wallet.ApproveAbove is { } most && becomes > most.Hundredths)
            return new Problem("over-limit", $"$.points: {new Points((long)becomes)} points at once are more than the {most} that wallet {read.Value.Wallet.Code} gives without approval.", "$.points")
            { Kind = ProblemKind.Conflict };
        var exchange = new Exchange
        {
            Id = id, MemberId = journal.Account.MemberId, Partner = request.Partner, Direction = request.Direction,
            Reference = request.Reference, Wallet = read.Value.Wallet.Code, Points = request.Points, Becomes = new Points((long)becomes),
            Terms = new ExchangedAt(rate), Lines = [], At = journal.RecordedAt, Author = author, Balance = Points.Zero,
        };
        var lines = request.Direction == ExchangeDirection.Out ? Out(journal, read.Value, exchange) : In(journal, read.Value, exchange);
        if (lines.Problem is { } lacking) return lacking;
        Post(journal, exchange, lines.Value);
        var done = exchange with { Lines = lines.Value, Balance = journal.Account.Balance(exchange.Wallet) };
        journal.Attach(done);
        return done;
    }

    private static Outcome<LotLine[]> Out(Journal journal, GivingTerms terms, Exchange exchange)
    {
        var drawn = terms.Take(journal, exchange.Points);
        return drawn.Problem is { } lacking ? lacking : drawn.Value.Lines.ToArray();
    }

    /// <summary>A lot of today that the partner pays for; it repays first what is owed.</summary>
    private static Outcome<LotLine[]> In(Journal journal, GivingTerms terms, Exchange exchange)
    {
        var given = LotRules.Given(journal.Programme, terms.Wallet, exchange.Becomes, journal.Today, null, exchange.Partner);
        return LotRules.Repay(journal.Account.Wallet(exchange.Wallet), [given], journal.Today).ToArray();
    }

    private static void Post(Journal journal, Exchange exchange, LotLine[] lines)
    {
        var isOut = exchange.Direction == ExchangeDirection.Out;
        var active = isOut ? MoveLines.Active(journal, exchange.Wallet) : [];
        journal.Post(new Posting(Entry.IdOf(GivingTerms.Source, exchange.Id),
            new Cause.Moved(isOut ? EntryKind.ExchangeOut : EntryKind.ExchangeIn, new Move(exchange.Id)), exchange.Wallet,
            journal.RecordedAt, journal.Today, GivingTerms.Source, exchange.Id, [.. lines, .. active],
            MoveLines.Explain(lines, How.Exchanged, exchange.Terms.Rate))
        {
            Counter = [new CounterLine(CounterLine.OfPartner(exchange.Partner), -lines.Sum(line => line.Points))],
        });
    }
}
