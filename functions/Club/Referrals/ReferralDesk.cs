using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Store;

namespace Club.Referrals;

/// <summary>Takes referrals down before a purchase 报备, and tells what became of them.</summary>
public sealed class ReferralDesk(IClubStore store, ReferralLedger referrals, Membership membership, ReferralTies ties,
    ProgrammeLibrary library, ClubCalendar calendar)
{
    /// <summary>More open ones than anybody has friends.</summary>
    private const int MostOpen = 50;

    /// <summary>Naming somebody again changes nothing while it is open; once its time is over it begins anew.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>not-offered</c>, <c>not-eligible</c> for herself, her household and whoever named her,
    /// <c>already-used</c> for somebody named by another or a vehicle that is owned, <c>over-limit</c>, <c>being-merged</c>.</returns>
    public async Task<Outcome<ReferralView>> Report(MemberId memberId, ReferralRequest request, Caller caller,
        CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile, IsMasked: var isMasked })
            return Problem.NotFound($"Member \"{memberId}\"");
        var rules = await library.Now(cancellation);
        if (rules.Current.Referrals is not { } terms)
            return Refusal("not-offered", $"The programme \"{rules.Current.Id}\" has no section \"referrals\": nobody is reported before the purchase.");
        var mine = await Open(profile.MemberId, cancellation);
        // After a merge the same is known by the id that it had before.
        var named = mine.FirstOrDefault(one => one.Phone == request.Phone?.E164 && one.Vin == request.Vin?.Value);
        if (named is null && mine.Count >= MostOpen)
            return Refusal("over-limit", $"A member has at most {MostOpen} open referrals.");
        if (await Refused(profile, request, cancellation) is { } refused) return refused;
        var reported = new Referral
        {
            Id = named?.Id ?? IdOf(profile.MemberId, request), MemberId = profile.MemberId, DealerId = caller.Dealer ?? profile.DealerId,
            Phone = request.Phone?.E164, Vin = request.Vin?.Value, Name = request.Name, Model = request.Model, State = ReferralState.Open,
            At = calendar.Now, Until = rules.Today.AddDays(terms.ValidDays),
            Author = caller.Name ?? caller.Member?.Value ?? AuditTrail.Unnamed,
        };
        var kept = await referrals.Put(profile.MemberId, reported.Id, (member, before) =>
            before is { State: not ReferralState.Lapsed } ? before : reported with { MemberId = member }, cancellation);
        return kept.Problem is { } problem ? problem : ReferralView.Of(kept.Value, caller, isMasked);
    }

    /// <summary>One member's, the latest first; null when she is not the caller's to see.</summary>
    public async Task<(IReadOnlyList<ReferralView> Items, string? Continuation)?> Of(MemberId memberId, Caller caller, int limit,
        string? continuation, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile, IsMasked: var isMasked }) return null;
        var query = new IndexQuery(Referral.MemberIndex, "", IndexQuery.Last, Partition: profile.MemberId, Limit: limit, Continuation: continuation);
        // Of others a dealer's staff know what was reported with them.
        if (isMasked && caller.IsScoped) query = query.And(new IndexKey(Referral.DealerIndex, caller.Dealer ?? ""));
        return await Page(query, caller, _ => isMasked, cancellation);
    }

    /// <summary>Referrals, the latest first: those that a dealer follows up, for its staff.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public Task<(IReadOnlyList<ReferralView> Items, string? Continuation)> List(ReferralState? state, DealerId? dealer, Caller caller,
        int limit, string? continuation, CancellationToken cancellation)
    {
        var query = new IndexQuery(Referral.ListIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation);
        if (state is { } one) query = query.And(new IndexKey(Referral.StateIndex, $"{one}"));
        if (dealer is { } named) query = query.And(new IndexKey(Referral.DealerIndex, named));
        // Whose referrals a dealer's staff see is part of what is looked for.
        if (caller.IsScoped) query = query.And(new IndexKey(Referral.DealerIndex, caller.Dealer ?? ""));
        return Page(query, caller, one => caller.SeesMasked(one.MemberId, one.DealerId) is not false, cancellation);
    }

    private async Task<(IReadOnlyList<ReferralView> Items, string? Continuation)> Page(IndexQuery query, Caller caller,
        Func<Referral, bool> isMasked, CancellationToken cancellation)
    {
        var page = await store.Find(query, cancellation);
        var found = page.Documents.Select(document => document.As<Referral>()).OrderByDescending(one => one.At);
        return ([.. found.Select(one => ReferralView.Of(one, caller, isMasked(one)))], page.Continuation);
    }

    private async Task<Problem?> Refused(Profile profile, ReferralRequest request, CancellationToken cancellation)
    {
        foreach (var identity in Known(request))
        {
            if (await membership.Find(identity, cancellation) is { } named)
            {
                if (identity.Kind == IdentityKind.Vin && named.MemberId != profile.MemberId)
                    return Refusal("already-used", "$.vin: the vehicle has an owner already.");
                if (await ties.Against(profile, named.MemberId, DateTimeOffset.MaxValue, cancellation) is { } why)
                    return NotEligible(why, identity.Kind);
                if (await ties.CameByAnother(named, profile.MemberId, cancellation))
                    return Refusal("already-used", $"{PathOf(identity.Kind)}: somebody else named her before, and she has bought.");
            }
            var others = await store.Find(IndexQuery.Equal(Referral.KnownIndex, identity.Value), cancellation);
            if (others.Documents.Select(document => document.As<Referral>()).Any(one => one.State == ReferralState.Open
                && one.Until >= calendar.Today && one.MemberId != profile.MemberId))
                return Refusal("already-used", $"{PathOf(identity.Kind)}: somebody else named her before.");
        }
        return null;
    }

    private async Task<IReadOnlyList<Referral>> Open(MemberId memberId, CancellationToken cancellation)
    {
        var query = new IndexQuery(Referral.MemberIndex, "", IndexQuery.Last, Partition: memberId, Limit: MostOpen);
        var page = await store.Find(query.And(new IndexKey(Referral.StateIndex, $"{ReferralState.Open}")), cancellation);
        return [.. page.Documents.Select(document => document.As<Referral>())];
    }

    private static Problem NotEligible(string why, IdentityKind kind)
    {
        var who = why switch
        {
            ReferralRules.Self => "herself",
            ReferralRules.Household => "her household",
            _ => "whoever referred her",
        };
        return new Problem("not-eligible", $"{PathOf(kind)}: nobody refers {who}.", PathOf(kind)) { Kind = ProblemKind.Conflict };
    }

    private static string PathOf(IdentityKind kind) => kind == IdentityKind.Vin ? "$.vin" : "$.phone";

    private static IEnumerable<PersonIdentity> Known(ReferralRequest request)
    {
        if (request.Phone is { } phone) yield return PersonIdentity.Of(phone);
        if (request.Vin is { } vin) yield return PersonIdentity.Of(vin);
    }

    private static string IdOf(MemberId memberId, ReferralRequest request) =>
        OwnedId.Of(memberId, "referral", request.Phone?.E164, request.Vin?.Value);

    private static Problem Refusal(string code, string sentence) => new(code, sentence,
        sentence.StartsWith('$') ? sentence[..sentence.IndexOf(':', StringComparison.Ordinal)] : null) { Kind = ProblemKind.Conflict };
}
