using Club.Access;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Spending;

/// <summary>What a donation is asked for with.</summary>
/// <param name="Wallet">Null: the programme's first that can be given from.</param>
public sealed record DonationRequest(string Cause, Points Points, WalletCode? Wallet)
{
    public static Outcome<DonationRequest> Read(JsonFields body)
    {
        var (cause, points) = (body.Text("cause", maximum: 64), body.Points("points"));
        var wallet = body.Id<WalletCode>("wallet", required: false, maximum: 64);
        return body.Problem is { } problem ? problem : new DonationRequest(cause!, points!.Value, wallet);
    }
}

/// <summary>A donation as answers tell it; all of it stands in the entry that its id leads to.</summary>
/// <param name="Cost">What its points cost: the sum of each lot's own price, in CNY.</param>
/// <param name="Balance">What the wallet's entries add up to.</param>
public sealed record DonationView(string DonationId, MemberId MemberId, string Cause, string Name, WalletCode Wallet, Points Points,
    Money Cost, IReadOnlyList<LotShare> Lots, DateTimeOffset At, Points Balance) : IOfMember;

/// <summary>Points donated 捐赠 to what the programme names.</summary>
public sealed class Donations(MovesLedger ledger, Membership membership)
{
    /// <returns>Problems: <c>not-found</c>, <c>different-content</c>, and those of <see cref="Decide"/>.</returns>
    public async Task<Outcome<Answered<DonationView>>> Donate(MemberId memberId, DonationRequest request, Command command, Caller caller,
        CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Problem.NotFound($"Member \"{memberId}\"");
        var id = $"{profile.MemberId}.{Ids.Derived("", "donation", command.Scope, command.Key)[..12]}";
        return await ledger.Run(profile.MemberId, command, caller, journal => Decide(journal, id, request), cancellation);
    }

    /// <returns>Problems: <c>not-offered</c>, <c>invalid-data</c>, <c>wrong-dealer</c>, <c>over-limit</c>, <c>being-merged</c>,
    /// <c>insufficient-points</c>.</returns>
    private static Outcome<DonationView> Decide(Journal journal, string id, DonationRequest request)
    {
        var terms = GivingTerms.Of(journal.Programme, request.Wallet);
        if (terms.Problem is { } wrong) return wrong;
        var causes = terms.Value.Rules.Causes;
        if (causes.Count == 0) return SpendingTerms.NotOffered($"The programme \"{journal.Programme.Id}\" names nothing to donate to.");
        if (causes.FirstOrDefault(one => one.Code == request.Cause) is not { } cause)
            return new Problem("invalid-data", $"$.cause: there is no \"{request.Cause}\" to donate to{Nearest.Hint(request.Cause,
                causes.Select(one => one.Code))}", "$.cause");
        var drawn = terms.Value.Take(journal, request.Points);
        if (drawn.Problem is { } lacking) return lacking;
        var (lines, wallet) = (drawn.Value.Lines, terms.Value.Wallet.Code);
        journal.Post(new Posting(Entry.IdOf(GivingTerms.Source, id), new Cause.Moved(EntryKind.Donation, new Move(id,
            PointValue: terms.Value.PointValue)), wallet,
            journal.RecordedAt, journal.Today, GivingTerms.Source, id, [.. lines, .. MoveLines.Active(journal, wallet)],
            MoveLines.Explain(lines, How.Donated))
        {
            Counter = [new CounterLine(CounterLine.OfCause(cause.Code), request.Points)],
        });
        var lots = LotShare.Moved(lines);
        return new DonationView(id, journal.Account.MemberId, cause.Code, cause.Name, wallet, request.Points,
            lots.Aggregate(Money.Zero, (sum, lot) => sum + lot.Cost), lots, journal.RecordedAt, journal.Account.Balance(wallet));
    }
}
