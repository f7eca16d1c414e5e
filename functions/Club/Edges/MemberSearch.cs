using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Edges;

/// <summary>What members are looked for by: all of it holds for each that is found.</summary>
/// <param name="Identities">Each leads to one member or none.</param>
/// <param name="Keys">Keys of the profile.</param>
/// <param name="Tier">The tier held now.</param>
public sealed record MemberCriteria(IReadOnlyList<PersonIdentity> Identities, IReadOnlyList<IndexKey> Keys, TierCode? Tier);

/// <summary>Finds members by whatever is known of them.</summary>
public sealed class MemberSearch(IClubStore store, Membership membership, MemberViews views)
{
    /// <summary>A search that meets few members of a tier ends its page rather than read the whole club.</summary>
    private const int MostPages = 20;

    /// <returns>At most <paramref name="limit"/> members; fewer, even none, may come with a continuation while others are left.</returns>
    /// <exception cref="ArgumentException">The continuation is not one that this search gave.</exception>
    public async Task<(IReadOnlyList<MemberView> Items, string? Continuation)> Find(MemberCriteria criteria, Caller caller, int limit,
        string? continuation, CancellationToken cancellation)
    {
        if (criteria.Identities.Count > 0) return (await One(criteria, caller, cancellation) is { } one ? [one] : [], null);
        // Whose members a dealer's staff see is part of what is looked for, so that no page tells of the others.
        if (caller.IsScoped) criteria = criteria with { Keys = [.. criteria.Keys, new IndexKey("dealer", caller.Dealer ?? "")] };
        var items = new List<MemberView>();
        var query = QueryOf(criteria) with { Continuation = continuation };
        var pages = 0;
        do
        {
            var page = await store.Find(query with { Limit = limit - items.Count }, cancellation);
            foreach (var document in page.Documents)
                if (await View(document, criteria, caller, cancellation) is { } view) items.Add(view);
            query = query with { Continuation = page.Continuation };
        } while (query.Continuation is not null && items.Count < limit && ++pages < MostPages);
        return (items, query.Continuation);
    }

    /// <summary>The first key is looked up, the others hold for what is found; only a tier alone is looked up in the accounts.</summary>
    private static IndexQuery QueryOf(MemberCriteria criteria) => criteria switch
    {
        { Keys: [var first, ..] } =>
            criteria.Keys.Skip(1).Aggregate(IndexQuery.Equal(first.Name, first.Value), (query, key) => query.And(key)),
        { Tier: { } tier } => IndexQuery.Equal(Account.TierIndex, tier),
        _ => new IndexQuery("joined", "", IndexQuery.Last),
    };

    private async Task<MemberView?> One(MemberCriteria criteria, Caller caller, CancellationToken cancellation)
    {
        Profile? one = null;
        foreach (var identity in criteria.Identities)
        {
            if (await membership.Find(identity, cancellation) is not { } profile || one is not null && one.MemberId != profile.MemberId)
                return null;
            one = profile;
        }
        if (await membership.See(one!.MemberId, caller, cancellation) is not { } seen) return null;
        // Who stands before another dealer's staff is found by what she shows, and nothing else about her can be guessed at.
        if (caller.IsScoped && seen.IsMasked && (criteria.Keys.Count > 0 || criteria.Tier is not null)) return null;
        return criteria.Keys.All(one.Index.Keys.Contains) ? await WithTier(seen, criteria, cancellation) : null;
    }

    private async Task<MemberView?> View(Document document, MemberCriteria criteria, Caller caller, CancellationToken cancellation)
    {
        var profile = document.Type == "profile" ? document.As<Profile>() : await membership.Find(new MemberId(document.Partition), cancellation);
        return profile is not null && caller.SeesMasked(profile.MemberId, profile.DealerId) is { } isMasked
            ? await WithTier(new Seen(profile, isMasked), criteria, cancellation) : null;
    }

    /// <summary>Between midnight and the sweep the index still has yesterday's tier; the view has today's.</summary>
    private async Task<MemberView?> WithTier(Seen seen, MemberCriteria criteria, CancellationToken cancellation) =>
        await views.View(seen, cancellation) is var view && (criteria.Tier is null || view.Tier == criteria.Tier) ? view : null;
}
