using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Spending;

/// <summary>A redemption from its hold to its end. Pure: what is decided is posted to the journal.</summary>
public static class RedeemRules
{
    public const string Source = "/club/spending";

    /// <summary>Of one member at a time.</summary>
    public const int MostHolds = 50;

    /// <summary>Of a bill: the member chooses the points, cash is what is left.</summary>
    public static Outcome<Redemption> Redeem(Journal journal, string id, RedemptionRequest request, string author)
    {
        var read = SpendingTerms.Of(journal.Programme, request.Wallet, request.For);
        if (read.Problem is { } wrong) return wrong;
        var terms = read.Value;
        if (terms.Unfit(request.Points) is { } unfit) return unfit;
        var (least, most) = terms.Mix(request.For.Amount);
        if (request.Points > most)
            return SpendingTerms.OverLimit($"Of a bill of {request.For.Amount} at most {most} points are taken.");
        if (request.Points < least)
            return SpendingTerms.NotOffered($"Of a bill of {request.For.Amount} at least {least} points are taken.");
        var cash = request.For.Amount - terms.Worth(request.Points);
        return Take(journal, id, terms, request.Points, cash, request.For, request.Hold, author);
    }

    /// <summary>Keeps points for something whose price is known, or spends them at once.</summary>
    public static Outcome<Redemption> Take(Journal journal, string id, SpendingTerms terms, Points points, Money cash, SpentFor purpose,
        bool hold, string author)
    {
        if (terms.Lacking(journal.Account, points, journal.Today) is { } lacking) return lacking;
        var drawn = DrawRules.Draw(journal.Account.Wallet(terms.Wallet.Code), Points.Min(points,
            Points.Max(DrawRules.Available(journal.Account, terms.Wallet.Code, journal.Today, terms.Issuer), Points.Zero)), journal.Today,
            terms.Issuer);
        var held = journal.Account.Holds ?? [];
        if (hold && held.Count >= MostHolds)
            return SpendingTerms.OverLimit($"{held.Count} holds are open; confirm or cancel one of them first.");
        if (DrawRules.TooMany(drawn, hold ? held.Sum(one => one.Lines.Count) : 0) is { } scattered) return scattered;
        var until = journal.RecordedAt.AddMinutes(terms.Rules.HoldMinutes);
        var kept = new Hold(id, terms.Wallet.Code, until, drawn.Lines, points + drawn.Lines.Sum(line => line.Points));
        var redeemed = new Redemption
        {
            Id = id, MemberId = journal.Account.MemberId, State = RedemptionState.Held, Wallet = terms.Wallet.Code, Points = points,
            Cash = cash, Price = new SpentPrice(terms.PointValue, terms.Wallet.UnitCost), For = purpose, Lines = kept.Lines,
            Overdrawn = kept.Overdrawn, At = journal.RecordedAt, ExpiresAt = until, Author = author,
            ProgrammeVersion = journal.Programme.Version,
        };
        journal.Account = SpentRules.Count(journal.Account.With(kept), SpentRules.Redeemed, 1, points, journal.Today, journal.Today);
        var redemption = hold ? redeemed : Spend(journal, redeemed with { ExpiresAt = null }, kept);
        journal.Attach(redemption);
        return redemption;
    }

    /// <returns>Problems: <c>expired-hold</c>, <c>not-held</c>, <c>being-merged</c>.</returns>
    public static Outcome<Redemption> Confirm(Journal journal, Stored<Redemption> stored)
    {
        if (HeldOf(journal, stored.Value) is { Problem: { } problem }) return problem;
        var confirmed = Spend(journal, stored.Value, journal.Account.Holds!.First(hold => hold.Id == stored.Value.Id));
        journal.Attach(confirmed, stored.ETag);
        return confirmed;
    }

    /// <returns>Problems: <c>expired-hold</c>, <c>not-held</c>, <c>being-merged</c>.</returns>
    public static Outcome<Redemption> Cancel(Journal journal, Stored<Redemption> stored, string reason)
    {
        if (HeldOf(journal, stored.Value) is { Problem: { } problem }) return problem;
        return Free(journal, stored, RedemptionState.Cancelled, reason);
    }

    /// <summary>The hold's time is over: its points are free again, and what lapsed meanwhile goes.</summary>
    public static Redemption Lapse(Journal journal, Stored<Redemption> stored)
    {
        var lapsed = Free(journal, stored, RedemptionState.Lapsed, null);
        ExpiryPosting.Expire(journal);
        return lapsed;
    }

    /// <inheritdoc cref="Lapse(Journal, Stored{Redemption})"/>
    public static void Lapse(Journal journal, IReadOnlyList<Stored<Redemption>> over)
    {
        foreach (var one in over) Lapse(journal, one);
    }

    /// <summary>Whether the account keeps points for it whose time is over.</summary>
    public static bool IsOver(Hold hold, DateTimeOffset now) => hold.Until <= now;

    private static Outcome<Hold> HeldOf(Journal journal, Redemption redemption)
    {
        if (redemption.State == RedemptionState.Lapsed || redemption is { State: RedemptionState.Held, ExpiresAt: { } until }
            && until <= journal.RecordedAt)
            return new Problem("expired-hold", $"Redemption {redemption.Id} was held until {redemption.ExpiresAt:yyyy-MM-dd HH:mm}; its points are free again.")
            { Kind = ProblemKind.Conflict };
        if (redemption.State != RedemptionState.Held)
            return new Problem("not-held", $"Redemption {redemption.Id} is {redemption.State.ToString().ToLowerInvariant()}, not held.")
            { Kind = ProblemKind.Conflict };
        return journal.Account.Holds?.FirstOrDefault(hold => hold.Id == redemption.Id) is { } kept ? kept
            : LedgerProblems.BeingMerged();
    }

    private static Redemption Free(Journal journal, Stored<Redemption> stored, RedemptionState state, string? reason)
    {
        var redemption = stored.Value;
        if (journal.Account.Holds?.FirstOrDefault(hold => hold.Id == redemption.Id) is { } kept)
            journal.Account = SpentRules.Count(journal.Account.Without(kept), SpentRules.Redeemed, -1, -redemption.Points,
                DateOnly.FromDateTime(redemption.At.DateTime), journal.Today);
        var ended = redemption with { State = state, EndedAt = journal.RecordedAt, Reason = reason };
        journal.Attach(ended, stored.ETag);
        return ended;
    }

    /// <summary>Takes what was kept; what nothing was kept for comes out of what is there by now, and the rest is owed.</summary>
    private static Redemption Spend(Journal journal, Redemption held, Hold kept)
    {
        journal.Account = journal.Account.Without(kept);
        var taken = kept.Lines.Aggregate(journal.Account.Wallet(held.Wallet), (wallet, line) => wallet.With(line));
        var reach = Points.Max(Points.Zero, journal.Account.With(taken).Available(held.Wallet, journal.Today));
        var more = DrawRules.Draw(taken, Points.Min(kept.Overdrawn, reach), journal.Today, null).Lines;
        var owed = kept.Overdrawn + more.Sum(line => line.Points);
        List<LotLine> lines = [.. kept.Lines, .. more];
        if (owed.IsPositive) lines.Add(new LotLine(Lot.Debt, -owed, taken.Debt?.EarnedOn ?? journal.Today));
        var confirmed = held with { State = RedemptionState.Confirmed, Lines = lines, Overdrawn = owed, EndedAt = journal.RecordedAt };
        journal.Post(new Posting(Entry.IdOf(Source, held.Id), new Cause.Moved(EntryKind.Redemption, new Move(held.Id,
            PointValue: held.Price.PointValue)), held.Wallet, journal.RecordedAt, journal.Today, Source, held.Id,
            [.. lines, .. MoveLines.Active(journal, held.Wallet)], MoveLines.Explain(lines, How.Spent))
        {
            Counter = [new CounterLine(held.For.Party, held.Points)],
            DealerId = held.For.DealerId,
        });
        if (owed.IsPositive) journal.Account = OverdraftRules.Owe(journal, held.Wallet, owed);
        return confirmed;
    }
}
