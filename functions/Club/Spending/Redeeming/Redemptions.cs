using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Spending;

/// <summary>Spends members' points: a hold and its end, or at once, and gives them back.</summary>
public sealed class Redemptions(IClubStore store, MemberLedger ledger, Membership membership, ClubCalendar calendar)
{
    /// <returns>Problems: <c>not-found</c>, <c>denied</c>, <c>different-content</c>, and those of
    /// <see cref="RedeemRules.Redeem"/>.</returns>
    public async Task<Outcome<Answered<RedemptionView>>> Redeem(MemberId memberId, RedemptionRequest request, Command command,
        Caller caller,
        CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Problem.NotFound($"Member \"{memberId}\"");
        var own = AtOwn(request.For, caller);
        if (own.Problem is { } denied) return denied;
        return await Run(profile.MemberId, command, caller, (journal, _) => RedeemRules.Redeem(journal,
            Redemption.IdOf(profile.MemberId, command), request with { For = own.Value }, caller.Name ?? AuditTrail.Unnamed), cancellation);
    }

    /// <summary>The same for whoever is gone before the answer is there: also a refusal is kept as the answer, in the same commit, so that
    /// a request that comes again spends nothing that came in since.</summary>
    /// <returns>Problems: <c>being-merged</c>, which is not kept; <c>different-content</c>.</returns>
    internal Task<Outcome<Answered<RedemptionAnswer>>> RedeemOnce(MemberId memberId, RedemptionRequest request, Command command,
        Caller caller, CancellationToken cancellation) =>
        ledger.Run<IReadOnlyList<Stored<Redemption>>, RedemptionAnswer>(memberId, command, caller, Over, (journal, over) =>
        {
            foreach (var one in over) RedeemRules.Lapse(journal, one);
            var decided = View(journal, RedeemRules.Redeem(journal, Redemption.IdOf(journal.Account.MemberId, command), request,
                caller.Author));
            if (decided.Problem is not { } problem) return RedemptionAnswer.Of(decided.Value);
            if (problem.Code == "being-merged") return problem;
            journal.Discard();
            return RedemptionAnswer.Of(problem);
        }, cancellation);

    public Task<Outcome<Answered<RedemptionView>>> Confirm(string id, Command command, Caller caller, CancellationToken cancellation) =>
        Follow(id, command, caller, RedeemRules.Confirm, cancellation);

    public Task<Outcome<Answered<RedemptionView>>> Cancel(string id, string reason, Command command, Caller caller,
        CancellationToken cancellation) =>
        Follow(id, command, caller, (journal, stored) => RedeemRules.Cancel(journal, stored, reason), cancellation);

    public Task<Outcome<Answered<RedemptionView>>> Refund(string id, RefundRequest request, Command command, Caller caller,
        CancellationToken cancellation) =>
        Follow(id, command, caller, (journal, stored) => RefundRules.Refund(journal, stored, request.Points, request.Reason,
            caller.Name ?? AuditTrail.Unnamed), cancellation);

    /// <returns>Null when there is none, or none that is the caller's to see.</returns>
    public async Task<RedemptionView?> Find(string id, Caller caller, CancellationToken cancellation)
    {
        if (await Owner(id, caller, cancellation) is not { } owner
            || await store.Read<Redemption>(owner.MemberId, id, cancellation) is not { Value: var one } || !owner.IsShown && !IsOwn(one,
                caller))
            return null;
        return RedemptionView.Of(one, calendar.Now, null);
    }

    /// <summary>One member's, the latest first; null when she is not the caller's to see.</summary>
    public async Task<(IReadOnlyList<RedemptionView> Items, string? Continuation)?> Of(MemberId memberId, Caller caller, int limit,
        string? continuation, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile, IsMasked: var isMasked }) return null;
        var page = await store.Find(new IndexQuery(Redemption.MemberIndex, "", IndexQuery.Last, Partition: profile.MemberId, Limit: limit,
            Continuation: continuation), cancellation);
        var found = page.Documents.Select(document => document.As<Redemption>()).Where(one => !isMasked || !caller.IsScoped || IsOwn(one,
            caller))
            .OrderByDescending(one => one.At);
        return ([.. found.Select(one => RedemptionView.Of(one, calendar.Now, null))], page.Continuation);
    }

    /// <summary>Ends the holds of an account whose time is over.</summary>
    public Task Lapse(MemberId memberId, CancellationToken cancellation) =>
        ledger.Change(memberId, (journal, token) => Over(journal, token), (journal, over) =>
        {
            foreach (var one in over) RedeemRules.Lapse(journal, one);
            return true;
        }, cancellation);

    /// <summary>Redemptions whose time is over, as they are stored.</summary>
    public async ValueTask<IReadOnlyList<Stored<Redemption>>> Over(Journal journal, CancellationToken cancellation)
    {
        var over = new List<Stored<Redemption>>();
        foreach (var hold in journal.Account.Holds ?? [])
            if (RedeemRules.IsOver(hold, journal.RecordedAt)
                && await store.Read<Redemption>(journal.Account.MemberId, hold.Id, cancellation) is { } stored)
                over.Add(stored);
        return over;
    }

    /// <summary>What is over frees its points first, so that nobody waits for a sweep.</summary>
    private async Task<Outcome<Answered<RedemptionView>>> Run(MemberId memberId, Command command, Caller caller,
        Func<Journal, IReadOnlyList<Stored<Redemption>>, Outcome<Redemption>> decide, CancellationToken cancellation) =>
        await ledger.Run(memberId, command, caller, Over, (journal, over) =>
        {
            foreach (var one in over) RedeemRules.Lapse(journal, one);
            return View(journal, decide(journal, over));
        }, cancellation);

    private async Task<Outcome<Answered<RedemptionView>>> Follow(string id, Command command, Caller caller,
        Func<Journal, Stored<Redemption>, Outcome<Redemption>> decide, CancellationToken cancellation)
    {
        if (await Owner(id, caller, cancellation) is not { } owner) return Unknown(id);
        return await ledger.Run(owner.MemberId, command, caller,
            (journal, token) => store.Read<Redemption>(journal.Account.MemberId, id, token), (journal, stored) =>
                stored is null || caller.IsScoped && !IsOwn(stored.Value, caller) ? Unknown(id)
                    : stored.Value.For.Kind == SpentKind.Gift ? OfOrder(stored.Value) : View(journal, decide(journal, stored)),
                        cancellation);
    }

    private static Outcome<RedemptionView> View(Journal journal, Outcome<Redemption> decided) => decided.Problem is { } problem ? problem
        : RedemptionView.Of(decided.Value, journal.RecordedAt, journal.Account.Balance(decided.Value.Wallet));

    /// <summary>The member in whose ledger it is, and whether all of hers is shown to the caller: of others a dealer's staff know what was
    /// spent with them.</summary>
    private async Task<(MemberId MemberId, bool IsShown)?> Owner(string id, Caller caller, CancellationToken cancellation)
    {
        var seen = await membership.See(Redemption.MemberOf(id), caller, cancellation);
        if (seen is { } own && !(own.IsMasked && caller.IsScoped)) return (own.Profile.MemberId, true);
        return caller.Dealer is not null && await membership.Find(Redemption.MemberOf(id), cancellation) is { } other
            ? (other.MemberId, false) : null;
    }

    private static bool IsOwn(Redemption redemption, Caller caller) => caller.Dealer is { } own && redemption.For.DealerId == own;

    /// <summary>A dealer's staff serve at their own till.</summary>
    private static Outcome<SpentFor> AtOwn(SpentFor purpose, Caller caller) => !caller.IsScoped || caller.Dealer is null ? purpose
        : purpose.Kind != SpentKind.Bill || purpose.DealerId is { } named && named != caller.Dealer
            ? new Problem("denied", $"$.for.dealerId: \"{purpose.DealerId}\" is not your dealer.", "$.for.dealerId") { Kind = ProblemKind.Denied }
            : purpose with { DealerId = caller.Dealer };

    private static Problem OfOrder(Redemption redemption) =>
        SpendingTerms.NotOffered($"Redemption {redemption.Id} pays for an order; it is confirmed, cancelled and given back with the order.");

    private static Problem Unknown(string id) => Problem.NotFound($"Redemption \"{id}\"");
}
