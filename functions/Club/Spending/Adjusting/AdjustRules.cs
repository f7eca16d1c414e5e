using Club.Access;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Spending;

/// <summary>Corrections by hand, and who has to agree to them. Pure: what is decided is posted to the journal.</summary>
public static class AdjustRules
{
    public const string Source = "/club/adjustment";

    /// <summary>Books it, or has it wait for a second person where there is more to it than one may do.</summary>
    /// <param name="branch">The member's own dealer.</param>
    /// <returns>Problems: <c>invalid-data</c>, <c>missing-data</c>, <c>unknown-dealer</c>, <c>being-merged</c>,
    /// <c>insufficient-points</c>.</returns>
    public static Outcome<AdjustmentAnswer> Ask(Journal journal, string id, AdjustmentRequest request, DealerId? branch,
        ActingPerson author)
    {
        var programme = journal.Programme;
        if (programme.FindWallet(request.Wallet) is null)
            return new Problem("invalid-data", $"$.wallet: there is no wallet \"{request.Wallet}\"{Nearest.Hint(request.Wallet,
                programme.Wallets.Select(one => one.Code.Value))}", "$.wallet");
        var issuer = IssuerOf(programme, request, branch);
        if (issuer.Problem is { } wrong) return wrong;
        var limit = programme.Spending?.ApproveAbove;
        var adjustment = new Adjustment
        {
            Id = id,
            MemberId = journal.Account.MemberId,
            State = AdjustmentState.AwaitingApproval,
            Wallet = request.Wallet,
            Points = request.Points,
            DealerId = issuer.Value,
            Reason = request.Reason,
            At = journal.RecordedAt,
            Author = author,
        };
        // What cannot be booked today is put before nobody.
        var lines = LinesOf(journal, adjustment);
        if (lines.Problem is { } lacking) return lacking;
        if (limit is { } most && Size(request.Points) > most)
        {
            journal.Attach(adjustment);
            return AdjustmentAnswer.Of(adjustment, [], journal.Account.Balance(adjustment.Wallet));
        }
        return Book(journal, adjustment with { State = AdjustmentState.Booked, DecidedAt = journal.RecordedAt }, lines.Value, null);
    }

    /// <returns>Problems: <c>already-decided</c>, <c>own-request</c>, <c>being-merged</c>, <c>insufficient-points</c>.</returns>
    public static Outcome<AdjustmentAnswer> Approve(Journal journal, Stored<Adjustment> stored, ActingPerson by)
    {
        if (Undecidable(stored.Value, by) is { } problem) return problem;
        var lines = LinesOf(journal, stored.Value);
        if (lines.Problem is { } lacking) return lacking;
        return Book(journal, Decided(journal, stored.Value, AdjustmentState.Booked, by), lines.Value, stored.ETag);
    }

    /// <returns>Problems: <c>already-decided</c>, <c>own-request</c>.</returns>
    public static Outcome<AdjustmentAnswer> Refuse(Journal journal, Stored<Adjustment> stored, string reason, ActingPerson by)
    {
        if (Undecidable(stored.Value, by) is { } problem) return problem;
        var refused = Decided(journal, stored.Value, AdjustmentState.Refused, by) with { Refusal = reason };
        journal.Attach(refused, stored.ETag);
        return AdjustmentAnswer.Of(refused, [], journal.Account.Balance(refused.Wallet));
    }

    private static Adjustment Decided(Journal journal, Adjustment one, AdjustmentState state, ActingPerson by) =>
        one with { State = state, DecidedAt = journal.RecordedAt, DecidedBy = by };

    private static Problem? Undecidable(Adjustment one, ActingPerson by)
    {
        if (one.State != AdjustmentState.AwaitingApproval)
            return new Problem("already-decided", $"Adjustment {one.Id} is {one.State.ToString().ToLowerInvariant()} already.")
            { Kind = ProblemKind.Conflict };
        return one.Author.MustNotDecide($"Adjustment {one.Id}", by);
    }

    private static AdjustmentAnswer Book(Journal journal, Adjustment booked, IReadOnlyList<LotLine> lines, string? etag)
    {
        journal.Post(new Posting(Entry.IdOf(Source, booked.Id), new Cause.Moved(EntryKind.Adjustment, new Move(booked.Id)), booked.Wallet,
            journal.RecordedAt, journal.Today, Source, booked.Id, lines, MoveLines.Explain(lines, How.Adjusted))
        {
            DealerId = booked.DealerId,
            ApprovedBy = booked.DecidedBy?.Name,
        });
        journal.Attach(booked, etag);
        return AdjustmentAnswer.Of(booked, lines, journal.Account.Balance(booked.Wallet));
    }

    /// <summary>What is given is a lot of today that repays first what is owed; what is taken lapses first.</summary>
    private static Outcome<LotLine[]> LinesOf(Journal journal, Adjustment one)
    {
        if (one.Points.IsNegative)
        {
            var drawn = TakeRules.Take(journal, one.Wallet, -one.Points, one.DealerId);
            return drawn.Problem is { } problem ? problem : drawn.Value.Lines.ToArray();
        }
        if (journal.Programme.FindWallet(one.Wallet) is not { } wallet)
            return SpendingTerms.NotOffered($"The programme has no wallet \"{one.Wallet}\" any more.");
        var given = LotRules.Given(journal.Programme, wallet, one.Points, journal.Today, one.DealerId);
        return LotRules.Repay(journal.Account.Wallet(one.Wallet), [given], journal.Today).ToArray();
    }

    /// <summary>Points that are good at their issuer only are somebody's.</summary>
    private static Outcome<DealerId?> IssuerOf(Programme programme, AdjustmentRequest request, DealerId? branch)
    {
        if (request.DealerId is { } named && programme.Unknown(named, "$.dealerId") is { } unknown) return unknown;
        if (request.DealerId is not null || programme.Spending?.Find(request.Wallet)?.At != GoodAt.Issuer) return request.DealerId;
        if (request.Points.IsNegative) return (DealerId?)null;
        return branch is not null ? branch
            : new Problem("missing-data", "$.dealerId: is missing; these points are good at their issuer only.", "$.dealerId");
    }

    private static Points Size(Points points) => points.IsNegative ? -points : points;
}
