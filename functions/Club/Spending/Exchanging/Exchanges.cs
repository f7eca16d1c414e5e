using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Spending;

/// <summary>
/// Exchanges points with partners' programmes, reconciled by the partner's reference: it names one member for good, and books once,
/// whatever key a call has. The reference is taken first; a crash before the entry leaves it to the same member's next try.
/// </summary>
public sealed class Exchanges(IClubStore store, MovesLedger moves, Membership membership, IPartners partners, ClubCalendar calendar)
{
    /// <returns>Problems: <c>not-found</c>, <c>already-used</c>, <c>different-content</c>, those of <see cref="IPartners.Rate"/> and of
    /// <see cref="ExchangeRules.Exchange"/>.</returns>
    public async Task<Outcome<Answered<ExchangeView>>> Exchange(MemberId memberId, ExchangeRequest request, Command command, Caller caller,
        CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Problem.NotFound($"Member \"{memberId}\"");
        if (ErasedPerson.Unfit(profile, "$.reference", request.Reference) is { } unfit) return unfit;
        if (await moves.Told(memberId, command, cancellation) is { } told) return told.Again<ExchangeView>(command);
        var id = Spending.Exchange.IdOf(request.Partner, request.Reference);
        if (await Booked([profile.MemberId], id, cancellation) is { } before) return Again(before, request);
        var rate = await partners.Rate(request.Partner, request.Direction, calendar.Today, cancellation);
        if (rate.Problem is { } unknown) return unknown;
        if (!await Take(id, profile.MemberId, cancellation))
            return new Problem("already-used", $"$.reference: \"{request.Reference}\" of {request.Partner} is another member's.", "$.reference")
            { Kind = ProblemKind.Conflict };
        return await moves.Run(profile.MemberId, command, caller, async (journal, token) =>
            (Before: await Booked(journal.Through, id, token), Rate: await partners.Rate(request.Partner, request.Direction, journal.Today,
                token)), (journal, facts) => Decide(journal, id, request, facts.Before, facts.Rate, caller), cancellation);
    }

    private static Outcome<ExchangeView> Decide(Journal journal, string id, ExchangeRequest request, Exchange? before,
        Outcome<decimal> rate, Caller caller)
    {
        if (before is not null) return Again(before, request) is { Problem: { } other } ? other : ExchangeView.Of(before);
        if (rate.Problem is { } unknown) return unknown;
        var done = ExchangeRules.Exchange(journal, id, request, rate.Value, caller.Name ?? AuditTrail.Unnamed);
        return done.Problem is { } problem ? problem : ExchangeView.Of(done.Value);
    }

    private static Outcome<Answered<ExchangeView>> Again(Exchange before, ExchangeRequest request) => before.Is(request)
        ? new Answered<ExchangeView>(ExchangeView.Of(before), IsRepeat: true)
        : new Problem("different-content", $"$.reference: \"{before.Reference}\" of {before.Partner} came before with other content.", "$.reference")
        { Kind = ProblemKind.Conflict };

    private async ValueTask<Exchange?> Booked(IReadOnlyList<MemberId> members, string id, CancellationToken cancellation)
    {
        foreach (var member in members)
            if (await store.Read<Exchange>(member, id, cancellation) is { } exchange) return exchange.Value;
        return null;
    }

    /// <returns>False when the reference is somebody else's.</returns>
    private async Task<bool> Take(string id, MemberId member, CancellationToken cancellation)
    {
        var mine = new ExchangeReference { MemberId = member, At = calendar.Now };
        if (await store.Commit(id, [mine.ToCreate()], cancellation) is CommitResult.Written) return true;
        return await store.Read<ExchangeReference>(id, ExchangeReference.Id, cancellation) is { Value: var taken }
            && await membership.Survivor(taken.MemberId, cancellation) == member;
    }
}
