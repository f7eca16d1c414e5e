using Club.Access;
using Club.Care;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;

namespace Club.Activities;

/// <summary>How many would be invited.</summary>
/// <param name="Reachable">To how many of them a message may go now.</param>
/// <param name="IsComplete">False: there are more, and counting ended.</param>
public sealed record InviteeCount(int Count, int Reachable, bool IsComplete);

/// <summary>Finds the members whom a filter means, page by page: of any number of them a page costs the same.</summary>
public sealed class Invitees(IClubStore store, ActivityPlans plans, ProgrammeLibrary library)
{
    private const int PerPage = 500, MostPages = 400, AtOnce = 16;

    /// <returns>Problems: <c>not-found</c>, <c>unknown-dealer</c>, <c>unknown-tier</c>, <c>denied</c>, <c>invalid-data</c>.</returns>
    public async Task<Outcome<InviteeCount>> Count(string code, InviteeFilter wanted, Caller caller, CancellationToken cancellation)
    {
        var meant = await For(code, wanted, caller, cancellation);
        if (meant.Problem is { } problem) return problem;
        var (count, reachable) = (0, 0);
        string? continuation = null;
        for (var pages = 0; pages < MostPages; pages++)
        {
            (var found, continuation) = await Page(meant.Value.Filter, PerPage, continuation, cancellation);
            count += found.Count;
            reachable += found.Count(profile => CareMessages.WhyNot(profile, isService: false) is null);
            if (continuation is null) return new InviteeCount(count, reachable, IsComplete: true);
        }
        return new InviteeCount(count, reachable, IsComplete: false);
    }

    /// <summary>The activity and whom a caller may invite to it: to a dealer's, whoever invites, the members who can take part.</summary>
    internal async Task<Outcome<(ClubActivity Activity, InviteeFilter Filter)>> For(string code, InviteeFilter wanted, Caller caller,
        CancellationToken cancellation)
    {
        if (await plans.FindOwn(code, caller, cancellation) is not { Value: var activity }) return ActivityPlans.Unknown(code);
        if (wanted.Unknown((await library.Now(cancellation)).Current) is { } unknown) return unknown;
        if (activity.DealerId is not { } own) return (activity, wanted);
        if (wanted.DealerId is not { } other || other == own) return (activity, wanted with { DealerId = own });
        return caller.IsScoped
            ? new Problem("denied", $"$.filter.dealerId: \"{other}\" is not your dealer.", "$.filter.dealerId") { Kind = ProblemKind.Denied }
            : new Problem("invalid-data", $"$.filter.dealerId: members of {own} take part in {code}, none of {other}.", "$.filter.dealerId");
    }

    /// <returns>Fewer than asked for, even none, may come with a continuation while others are left.</returns>
    /// <exception cref="ArgumentException">The continuation is not one that this gave.</exception>
    internal async Task<(IReadOnlyList<Profile> Found, string? Continuation)> Page(InviteeFilter filter, int limit, string? continuation,
        CancellationToken cancellation)
    {
        var lowest = (await library.Now(cancellation)).Current.Tiers[0].Code;
        var page = await store.Find(QueryOf(filter, lowest) with { Limit = limit, Continuation = continuation }, cancellation);
        var found = new List<Profile>(page.Documents.Count);
        foreach (var some in page.Documents.Chunk(AtOnce))
            foreach (var profile in await Task.WhenAll(some.Select(document => Meant(document, filter, lowest, cancellation))))
                if (profile is not null) found.Add(profile);
        return (found, page.Continuation);
    }

    /// <returns>Null: she is not meant.</returns>
    private async Task<Profile?> Meant(Document document, InviteeFilter filter, TierCode lowest, CancellationToken cancellation)
    {
        var profile = document.Type == Profile.Id ? document.As<Profile>()
            : (await store.Read<Profile>(document.Partition, Profile.Id, cancellation))?.Value;
        if (profile is null || !filter.Fits(profile)) return null;
        if (filter.Tier is not { } tier || document.Type != Profile.Id) return profile;
        var account = await store.Read<Account>(document.Partition, Account.Id, cancellation);
        return (account?.Value.Tier.Code ?? lowest) == tier ? profile : null;
    }

    /// <summary>Few hold a tier, so it is looked up, among the accounts; the lowest is held by whoever has no account, too. Otherwise the
    /// rarest of what a profile tells.</summary>
    private static IndexQuery QueryOf(InviteeFilter filter, TierCode lowest)
    {
        if (filter.Tier is { } tier && tier != lowest) return IndexQuery.Equal(Account.TierIndex, tier);
        var keys = new List<IndexKey>(4);
        if (filter.Hobby is { } hobby) keys.Add(new IndexKey(Profile.HobbyIndex, hobby));
        if (filter is { ValueClass: { } value, LoyaltyClass: { } loyalty }) keys.Add(new IndexKey(Profile.ClassIndex, loyalty + value));
        if (filter.DealerId is { } dealer) keys.Add(new IndexKey("dealer", dealer));
        keys.Add(new IndexKey("status", Profile.StatusWord(MemberStatus.Member)));
        return keys.Skip(1).Aggregate(IndexQuery.Equal(keys[0].Name, keys[0].Value), (query, key) => query.And(key));
    }
}
