using Club.Access;
using Club.Care;
using Club.Kernel;
using Club.Members;
using Club.Store;

namespace Club.Referrals;

/// <summary>Which owners are asked for another vehicle 重购, how it went with each, and how many have bought.</summary>
public sealed class RepurchaseDesk(IClubStore store, RepurchaseLedger repurchases, Membership membership, ClubCalendar calendar)
{
    /// <summary>By the day on which she is to be asked next, or on which it ended: of a dealer's staff, their own.</summary>
    /// <param name="until">The last such day; null: any.</param>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<RepurchaseView> Items, string? Continuation)> List(RepurchaseState? state, DealerId? dealer,
        DateOnly? until, Caller caller, int limit, string? continuation, CancellationToken cancellation)
    {
        var query = new IndexQuery(Repurchase.DayIndex, "", until is { } day ? IndexKeys.Date(day) : IndexQuery.Last, Limit: limit,
            Continuation: continuation);
        if (state is { } one) query = query.And(new IndexKey(Repurchase.StateIndex, $"{one}"));
        var page = await store.Find(Scoped(query, dealer, caller), cancellation);
        var views = new List<(RepurchaseView View, DateOnly On)>(page.Documents.Count);
        foreach (var document in page.Documents)
            if (document.As<Repurchase>() is var found) views.Add((await View(found, caller, cancellation), found.On));
        return ([.. views.OrderBy(found => found.On).ThenBy(found => found.View.RepurchaseId, StringComparer.Ordinal)
            .Select(found => found.View)], page.Continuation);
    }

    /// <summary>One of them; null when there is none, or it is not the caller's.</summary>
    public async Task<RepurchaseView?> Find(string id, Caller caller, CancellationToken cancellation) =>
        await Read(id, caller, cancellation) is { } one ? await View(one, caller, cancellation) : null;

    /// <summary>Keeps what came of asking her. The same again changes nothing.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>invalid-data</c>, <c>already-decided</c>, <c>being-merged</c>.</returns>
    public async Task<Outcome<RepurchaseView>> FollowUp(string id, RepurchaseRequest said, Caller caller, CancellationToken cancellation)
    {
        if (await Read(id, caller, cancellation) is not { } seen) return Problem.NotFound($"Repurchase \"{id}\"");
        var taken = await repurchases.Change(seen.MemberId, id, (one, journal, kept) =>
        {
            // She may have gone to another branch since.
            if (!IsHers(one, caller)) return Problem.NotFound($"Repurchase \"{id}\"");
            if (RepurchaseRules.Over(one, said, caller.Author, journal.Today) is { } over) return over;
            if (RepurchaseRules.IsRepeat(one, said, caller.Author)) return one;
            // A rule book that asks nobody any more leaves those who were asked to be asked once again.
            var days = journal.Programme.Repurchase?.FollowUpDays ?? one.Until.DayNumber - journal.Today.DayNumber;
            return RepurchaseRules.After(one, said, caller.Author, journal.RecordedAt, journal.Today, days, kept);
        }, cancellation);
        return taken.Problem is { } problem ? problem : await View(taken.Value, caller, cancellation);
    }

    /// <summary>How many of those who were asked within some months have bought: of a dealer's staff, their own.</summary>
    public async Task<RepurchaseConversion> Conversion(MonthRange months, DealerId? dealer, Caller caller, CancellationToken cancellation)
    {
        var query = new IndexQuery(Repurchase.AskedIndex, months.From, months.To + IndexQuery.Last, Limit: 1000);
        var found = new List<(DealerId? Dealer, RepurchaseState State)>();
        await foreach (var document in store.FindAll(Scoped(query, dealer, caller), cancellation))
            if (document.As<Repurchase>() is var one) found.Add((one.DealerId, one.State));
        return new RepurchaseConversion(months.From, months.To, RepurchaseCount.Of(dealer, [.. found.Select(one => one.State)]),
            [.. found.GroupBy(one => one.Dealer).OrderBy(group => group.Key?.Value, StringComparer.Ordinal).Select(group =>
                RepurchaseCount.Of(group.Key, [.. group.Select(one => one.State)]))]);
    }

    /// <summary>Whose a dealer's staff see is part of what is looked for.</summary>
    private static IndexQuery Scoped(IndexQuery query, DealerId? dealer, Caller caller)
    {
        if (dealer is { } named) query = query.And(new IndexKey(Repurchase.DealerIndex, named));
        return caller.IsScoped ? query.And(new IndexKey(Repurchase.DealerIndex, caller.Dealer ?? "")) : query;
    }

    private async ValueTask<Repurchase?> Read(string id, Caller caller, CancellationToken cancellation) =>
        await membership.Find(OwnedId.MemberOf(id), cancellation) is { } profile
        && await store.Read<Repurchase>(profile.MemberId, id, cancellation) is { Value: var one } && IsHers(one, caller) ? one : null;

    private async Task<RepurchaseView> View(Repurchase one, Caller caller, CancellationToken cancellation)
    {
        var member = await membership.Find(one.MemberId, cancellation);
        var isShown = member is not null && caller.SeesMasked(member.MemberId, member.DealerId) is false;
        return RepurchaseView.Of(one, isShown ? member : null, calendar.Today);
    }

    private static bool IsHers(Repurchase one, Caller caller) => !caller.IsScoped || one.DealerId is { } dealer && dealer == caller.Dealer;
}
