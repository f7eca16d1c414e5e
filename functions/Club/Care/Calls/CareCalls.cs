using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.Options;

namespace Club.Care;

/// <summary>A call as those who make it see it.</summary>
/// <param name="Name">Null where the member is not the caller's to see.</param>
/// <param name="Phone">E.164, in full: it is to be dialled. Null where the member is not the caller's to see, has none, or is not to be
/// called.</param>
public sealed record CallView(string Id, MemberId MemberId, string? Name, string? Phone, DealerId? DealerId, string Occasion,
    CallState State, DateOnly On, DateOnly Until, IReadOnlyList<CallOutcome> Outcomes, string? Advisor) : IOfMember;

/// <summary>Whom to call 电话关怀, and what became of it. Every change touches the member's account, so that none is made in a place from
/// which a merge has taken the calls along.</summary>
public sealed class CareCalls(IClubStore store, MemberLedger ledger, Membership membership, Profiles profiles, ClubCalendar calendar,
    CallCauses causes, NextChannel fallback, IOptions<RetentionOptions> retention)
{
    private const string DoNotCall = "call";
    private const int MostOpen = 50;

    private sealed record Facts(Stored<CareCall>? Call, IReadOnlyList<Stored<CareCall>> Others, bool IsOnItsWay);

    /// <summary>Puts a member down to be called, once for each occasion, unless she cannot be or does not want it.</summary>
    public Task Add(MemberId memberId, string occasion, DateOnly until, CancellationToken cancellation) =>
        fallback.Call(memberId, occasion, until, then: null, cancellation);

    /// <summary>Brings open calls up to what she is by now: whose branch calls her, whether anybody may, and whether she came already. Safe
    /// to repeat.</summary>
    public Task Settle(MemberId memberId, CancellationToken cancellation) => ledger.Change(memberId, async (journal, token) =>
    {
        var member = journal.Account.MemberId;
        var (profile, open) = ((await store.Read<Profile>(member, Profile.Id, token))?.Value, await Open(member, but: null, token));
        var over = new HashSet<string>();
        foreach (var call in open.Select(one => one.Value))
            if (profile is not null && !await causes.Hold(profile, journal.Account, call.Occasion, token)) over.Add(call.Id);
        return (Profile: profile, Open: open, Over: over);
    }, (journal, facts) =>
    {
        if (facts.Profile is not { IsPersonal: true } profile) return false;
        foreach (var (call, etag) in facts.Open.Select(one => (one.Value, one.ETag)))
            if (CallRules.Settled(call, profile, !facts.Over.Contains(call.Id), journal.Today, retention.Value.MessageDays) is var after
                && after != call)
                journal.Attach(after, etag);
        return true;
    }, cancellation);

    /// <summary>The same where she has open calls at all: most who come have none.</summary>
    internal async Task SettleOpen(MemberId memberId, CancellationToken cancellation)
    {
        if ((await Open(memberId, but: null, cancellation)).Count > 0) await Settle(memberId, cancellation);
    }

    /// <summary>Those to be called up to a day, and those who were: of a dealer's staff, their own.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<CallView> Items, string? Continuation)> List(CallState state, DealerId? dealer, DateOnly? on,
        Caller caller, int limit, string? continuation, CancellationToken cancellation, string? advisor = null)
    {
        var query = new IndexQuery(CareCall.DayIndex, "", IndexKeys.Date(on ?? calendar.Today), Limit: limit, Continuation: continuation)
            .And(new IndexKey(CareCall.StateIndex, $"{state}"));
        if (dealer is { } named) query = query.And(new IndexKey(CareCall.DealerIndex, named));
        if (advisor is not null) query = query.And(new IndexKey(CareCall.AdvisorIndex, advisor));
        // Whose calls a dealer's staff see is part of what is looked for.
        if (caller.IsScoped) query = query.And(new IndexKey(CareCall.DealerIndex, caller.Dealer ?? ""));
        var page = await store.Find(query, cancellation);
        var views = new List<CallView>(page.Documents.Count);
        foreach (var document in page.Documents) views.Add(await View(document.As<CareCall>(), caller, cancellation));
        return ([.. views.OrderBy(view => view.On).ThenBy(view => view.Id, StringComparer.Ordinal)], page.Continuation);
    }

    /// <summary>One call; null when there is none, or it is not the caller's.</summary>
    public async Task<CallView?> Find(string id, Caller caller, CancellationToken cancellation) =>
        await Read(id, caller, cancellation) is { } call ? await View(call, caller, cancellation) : null;

    internal async ValueTask<CareCall?> Read(string id, Caller caller, CancellationToken cancellation) =>
        await membership.Find(OwnedId.MemberOf(id), cancellation) is { } profile
        && await store.Read<CareCall>(profile.MemberId, id, cancellation) is { Value: var call } && IsHers(call, caller) ? call : null;

    /// <summary>Keeps what became of a call. Whoever does not want to be called is not called any more, on any occasion.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>invalid-data</c>, <c>already-decided</c>, <c>being-merged</c>.</returns>
    public async Task<Outcome<CallView>> Take(string id, CallRequest said, Caller caller, CancellationToken cancellation)
    {
        if (await Read(id, caller, cancellation) is not { } seen) return Unknown(id);
        if (said.NextOn is { } next && (next <= calendar.Today || next > calendar.Today.AddYears(1)))
            return new Problem("invalid-data", $"$.nextOn: {next:yyyy-MM-dd} is not a day from tomorrow to a year from now.", "$.nextOn");
        // What is refused changes nothing. What is not is her word, which must not get lost: it is kept first.
        if (CallRules.Over(seen, said, caller.Author) is { } over) return over;
        if (said.Outcome == CallResult.DoNotCall) await Refuse(seen.MemberId, cancellation);
        // Before it is written down: after a crash it is told again, and the next channel is met.
        if (seen.Then is { } then && IsInVain(seen, said, caller)) await fallback.After(seen.MemberId, seen.Occasion, then, cancellation);
        var taken = await ledger.Change(seen.MemberId, async (journal, token) =>
        {
            var member = journal.Account.MemberId;
            var call = await store.Read<CareCall>(member, id, token);
            return new Facts(call, said.Outcome == CallResult.DoNotCall ? await Open(member, id, token) : [],
                IsOnItsWay: call is null && journal.Account.Absorbs is not null);
        }, (journal, facts) => Decide(journal, facts, id, said, caller), cancellation);
        return taken.Problem is { } problem ? problem : await View(taken.Value, caller, cancellation);
    }

    private Outcome<CareCall> Decide(Journal journal, Facts facts, string id, CallRequest said, Caller caller)
    {
        if (facts.Call is not { Value: var call, ETag: var etag })
            return facts.IsOnItsWay ? LedgerProblems.BeingMerged() : Unknown(id);
        if (CallRules.IsRepeat(call, said, caller.Author)) return call;
        if (CallRules.Over(call, said, caller.Author) is { } over) return over;
        var kept = retention.Value.MessageDays;
        var after = CallRules.After(call, said, caller.Author, journal.RecordedAt, journal.Today, kept);
        journal.Attach(after, etag);
        foreach (var other in facts.Others)
            journal.Attach(CallRules.Ended(other.Value, CallState.Stopped, journal.Today, kept), other.ETag);
        return after;
    }

    /// <summary>Whether nobody will reach her by this call any more.</summary>
    private bool IsInVain(CareCall call, CallRequest said, Caller caller) => said.Outcome == CallResult.WrongNumber
        || CallRules.After(call, said, caller.Author, calendar.Now, calendar.Today, retention.Value.MessageDays).State == CallState.Lapsed;

    private Task<bool> Refuse(MemberId memberId, CancellationToken cancellation) => profiles.Change(memberId, draft =>
    {
        if (draft.Before is not { IsPersonal: true, Consents.MayCall: true } before) return false;
        var act = new ConsentAct(false, draft.Now, DoNotCall);
        draft.Attach(MemberActs.Called(before.MemberId, act));
        draft.Become(before with { Consents = before.Consents.AfterCall(act) }, DoNotCall);
        return true;
    }, cancellation);

    private async Task<IReadOnlyList<Stored<CareCall>>> Open(MemberId member, string? but, CancellationToken cancellation)
    {
        var query = new IndexQuery(CareCall.MemberIndex, "", IndexQuery.Last, Partition: member, Limit: MostOpen)
            .And(new IndexKey(CareCall.StateIndex, $"{CallState.Open}"));
        return [.. (await store.Find(query, cancellation)).Documents.Where(document => document.Id != but)
            .Select(document => document.ToStored<CareCall>())];
    }

    internal async Task<CallView> View(CareCall call, Caller caller, CancellationToken cancellation)
    {
        var profile = await membership.Find(call.MemberId, cancellation);
        var isShown = profile is not null && caller.SeesMasked(profile.MemberId, profile.DealerId) is false;
        var phone = isShown && CallRules.MayCall(profile!) ? profile!.Phone : null;
        return new CallView(call.Id, call.MemberId, isShown ? profile!.Name ?? profile.CardNumber : null, phone, call.DealerId,
            call.Occasion, call.State, call.On, call.Until, call.Outcomes, call.Advisor);
    }

    private static bool IsHers(CareCall call, Caller caller) => !caller.IsScoped || call.DealerId is { } dealer && dealer == caller.Dealer;

    internal static Problem Unknown(string id) => Problem.NotFound($"Call \"{id}\"");
}
