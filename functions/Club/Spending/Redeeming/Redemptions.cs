using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Spending;

/// <summary>Spends members' points: a hold and its end, or at once, and gives them back.</summary>
public sealed class Redemptions(IClubStore store, MovesLedger moves, Membership membership, IPartners partners, ClubCalendar calendar)
{
    /// <returns>Problems: <c>not-found</c>, <c>denied</c>, <c>invalid-data</c>, <c>different-content</c>, and those of
    /// <see cref="RedeemRules.Redeem"/>.</returns>
    public async Task<Outcome<Answered<RedemptionView>>> Redeem(MemberId memberId, RedemptionRequest request, Command command,
        Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Problem.NotFound($"Member \"{memberId}\"");
        if (ErasedPerson.Unfit(profile, "$.for.reference", request.For.Reference) is { } unfit) return unfit;
        var own = AtOwn(request.For, caller);
        if (own.Problem is { } denied) return denied;
        var id = Redemption.IdOf(profile.MemberId, command);
        return await moves.Run(profile.MemberId, command, caller, (_, token) => Unknown(request, "$.for.partner", token), (journal, unknown) =>
            unknown ?? View(journal, RedeemRules.Redeem(journal, id, request with { For = own.Value }, AuthorOf(caller))), cancellation);
    }

    /// <summary>The same for whoever is gone before the answer is there: also a refusal is kept as the answer, in the same commit, so that
    /// a request that comes again spends nothing that came in since.</summary>
    /// <returns>Problems: <c>being-merged</c>, which is not kept; <c>different-content</c>.</returns>
    internal Task<Outcome<Answered<RedemptionAnswer>>> RedeemOnce(Profile profile, RedemptionRequest request, Command command,
        Caller caller, CancellationToken cancellation) =>
        moves.Run<Problem?, RedemptionAnswer>(profile.MemberId, command, caller, (_, token) => Unknown(request, "$.data.for.partner", token),
            (journal, unknown) =>
        {
            var wrong = ErasedPerson.Unfit(profile, "$.data.for.reference", request.For.Reference) ?? unknown;
            var decided = wrong is not null ? wrong
                : View(journal, RedeemRules.Redeem(journal, Redemption.IdOf(journal.Account.MemberId, command), request, caller.Author));
            if (decided.Problem is not { } problem) return RedemptionAnswer.Of(decided.Value);
            if (problem.Code == "being-merged") return problem;
            journal.Discard();
            return RedemptionAnswer.Of(problem);
        }, cancellation);

    public Task<Outcome<Answered<RedemptionView>>> Confirm(string id, Command command, Caller caller, CancellationToken cancellation) =>
        Follow(id, null, command, caller, RedeemRules.Confirm, cancellation);

    /// <param name="reason">It stays, so it must not name the person.</param>
    public Task<Outcome<Answered<RedemptionView>>> Cancel(string id, string reason, Command command, Caller caller,
        CancellationToken cancellation) =>
        Follow(id, reason, command, caller, (journal, stored) => RedeemRules.Cancel(journal, stored, reason), cancellation);

    /// <inheritdoc cref="RefundRules.Refund"/>
    public Task<Outcome<Answered<RedemptionView>>> Refund(string id, RefundRequest request, Command command, Caller caller,
        CancellationToken cancellation) =>
        Follow(id, request.Reason, command, caller, (journal, stored) =>
            RefundRules.Refund(journal, stored, request.Points, request.Reason, AuthorOf(caller)), cancellation);

    /// <returns>Null when there is none, or none that is the caller's to see.</returns>
    public async Task<RedemptionView?> Find(string id, Caller caller, CancellationToken cancellation)
    {
        if (await membership.Holder(OwnedId.MemberOf(id), caller, cancellation) is not { } holder
            || await store.Read<Redemption>(holder.MemberId, id, cancellation) is not { Value: var one }
            || !holder.IsShown && !IsOwn(one, caller))
            return null;
        return RedemptionView.Of(one, calendar.Now, null);
    }

    /// <summary>One member's, the latest first; null when she is not the caller's to see.</summary>
    public async Task<(IReadOnlyList<RedemptionView> Items, string? Continuation)?> Of(MemberId memberId, Caller caller, int limit,
        string? continuation, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile, IsMasked: var isMasked }) return null;
        var query = new IndexQuery(Redemption.MemberIndex, "", IndexQuery.Last, Partition: profile.MemberId, Limit: limit,
            Continuation: continuation);
        // Of others a dealer's staff know what was spent with them.
        if (isMasked && caller.IsScoped) query = query.And(new IndexKey(Redemption.DealerIndex, caller.Dealer ?? ""));
        var page = await store.Find(query, cancellation);
        var found = page.Documents.Select(document => document.As<Redemption>()).OrderByDescending(one => one.At);
        return ([.. found.Select(one => RedemptionView.Of(one, calendar.Now, null))], page.Continuation);
    }

    private async Task<Outcome<Answered<RedemptionView>>> Follow(string id, string? reason, Command command, Caller caller,
        Func<Journal, Stored<Redemption>, Outcome<Redemption>> decide, CancellationToken cancellation)
    {
        if (await membership.Holder(OwnedId.MemberOf(id), caller, cancellation) is not { } holder) return Unknown(id);
        return await moves.Run(holder.MemberId, command, caller,
            (journal, token) => store.Read<Redemption>(journal.Account.MemberId, id, token), (journal, stored) =>
        {
            if (stored is null) return journal.Account.Absorbs is null ? Unknown(id) : LedgerProblems.BeingMerged();
            if (caller.IsScoped && !IsOwn(stored.Value, caller)) return Unknown(id);
            if (stored.Value.For.Kind == SpentKind.Gift) return OfOrder(stored.Value);
            return ErasedPerson.Unfit(holder.Profile, "$.reason", reason) is { } unfit ? unfit : View(journal, decide(journal, stored));
        }, cancellation);
    }

    /// <summary>Whether a partner is named of whom nobody knows.</summary>
    private async ValueTask<Problem?> Unknown(RedemptionRequest request, string path, CancellationToken cancellation) =>
        request.For.Partner is { } partner ? await partners.Unknown(partner, path, cancellation) : null;

    private static Outcome<RedemptionView> View(Journal journal, Outcome<Redemption> decided) => decided.Problem is { } problem ? problem
        : RedemptionView.Of(decided.Value, journal.RecordedAt, journal.Account.Balance(decided.Value.Wallet));

    private static string AuthorOf(Caller caller) => caller.Name ?? AuditTrail.Unnamed;

    private static bool IsOwn(Redemption redemption, Caller caller) => caller.Dealer is { } own && redemption.For.DealerId == own;

    /// <summary>A dealer's staff serve at their own till.</summary>
    private static Outcome<SpentFor> AtOwn(SpentFor purpose, Caller caller) => !caller.IsScoped || caller.Dealer is null ? purpose
        : purpose.Kind != SpentKind.Bill
            ? new Problem("denied", "$.for.kind: a dealer's staff serve at their own till.", "$.for.kind") { Kind = ProblemKind.Denied }
        : purpose.DealerId is { } named && named != caller.Dealer
            ? new Problem("denied", $"$.for.dealerId: \"{named}\" is not your dealer.", "$.for.dealerId") { Kind = ProblemKind.Denied }
            : purpose with { DealerId = caller.Dealer };

    private static Problem OfOrder(Redemption redemption) =>
        SpendingTerms.NotOffered($"Redemption {redemption.Id} pays for an order; it is confirmed, cancelled and given back with the order.");

    private static Problem Unknown(string id) => Problem.NotFound($"Redemption \"{id}\"");
}
