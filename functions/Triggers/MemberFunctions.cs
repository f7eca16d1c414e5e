using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What staff read about members.</summary>
public sealed class MemberFunctions(Membership membership, MemberViews views)
{
    private static readonly Dictionary<string, IdentityKind> Identities = new()
    {
        ["phone"] = IdentityKind.Phone, ["card"] = IdentityKind.Card, ["vin"] = IdentityKind.Vin, ["openId"] = IdentityKind.OpenId, ["unionId"] = IdentityKind.UnionId,
    };

    private static readonly Dictionary<string, string> Keys = new()
    {
        ["name"] = "name", ["plate"] = "plate", ["hobby"] = "hobby", ["dealerId"] = "dealer", ["tier"] = "tier", ["status"] = "status",
    };

    [Function("Members")]
    public async Task<IResult> Search([HttpTrigger(AuthorizationLevel.Function, "get", Route = "members")] HttpRequest request, CancellationToken cancellation)
    {
        var limit = Http.Limit(request);
        if (limit.Problem is { } wrong) return Http.Problem(wrong);
        foreach (var (name, value) in request.Query)
            if (!Identities.ContainsKey(name) && !Keys.ContainsKey(name) && name is not ("limit" or "continuation" or "code") || string.IsNullOrWhiteSpace(value))
                return Http.Problem(new Problem("invalid-query", $"{name}: there is no such search, or nothing to search for. Known are {string.Join(", ", Identities.Keys.Concat(Keys.Keys))}.", name));
        foreach (var (name, kind) in Identities)
        {
            if (Http.Query(request, name) is not { } value) continue;
            var identity = PersonIdentity.Parse(kind, value);
            if (identity.Problem is { } problem) return Http.Problem(problem with { Path = name });
            var profile = await membership.Find(identity.Value, cancellation);
            return Http.Json(new ListPage<MemberView>(profile is null ? [] : [await views.View(profile, cancellation)], null));
        }
        foreach (var (name, index) in Keys)
            if (Http.Query(request, name) is { } value)
                return await Page(IndexQuery.Equal(index, name == "plate" ? Plate.Normalise(value) ?? value : value) with { Limit = limit.Value, Continuation = Http.Query(request, "continuation") }, cancellation);
        return await Page(new IndexQuery("joined", "", IndexQuery.Last, Limit: limit.Value, Continuation: Http.Query(request, "continuation")), cancellation);
    }

    [Function("Member")]
    public async Task<IResult> Member([HttpTrigger(AuthorizationLevel.Function, "get", Route = "members/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        await views.Member(id, cancellation) is { } member ? Http.Json(member) : Http.NotFound($"Member \"{id}\"");

    [Function("MemberAccount")]
    public async Task<IResult> Account([HttpTrigger(AuthorizationLevel.Function, "get", Route = "members/{id}/account")] HttpRequest request, string id, CancellationToken cancellation) =>
        await views.Account(id, cancellation) is { } account ? Http.Json(account) : Http.NotFound($"Member \"{id}\"");

    [Function("MemberEntries")]
    public async Task<IResult> Entries([HttpTrigger(AuthorizationLevel.Function, "get", Route = "members/{id}/entries")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var limit = Http.Limit(request);
        if (limit.Problem is { } wrong) return Http.Problem(wrong);
        long? before = null;
        if (Http.Query(request, "continuation") is { } continuation)
        {
            if (!long.TryParse(continuation, out var sequence) || sequence < 1)
                return Http.Problem(new Problem("invalid-continuation", "continuation: not one that this list gave.", "continuation"));
            before = sequence;
        }
        return await views.Entries(id, limit.Value, before, cancellation) is { } page
            ? Http.Json(new ListPage<Ledger.Entry>(page.Items, page.Before?.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            : Http.NotFound($"Member \"{id}\"");
    }

    private async Task<IResult> Page(IndexQuery query, CancellationToken cancellation)
    {
        try
        {
            var (profiles, continuation) = await membership.Search(query, cancellation);
            var items = new List<MemberView>(profiles.Count);
            foreach (var profile in profiles) items.Add(await views.View(profile, cancellation));
            // Between midnight and the sweep the index still has yesterday's tier.
            if (query.Index == Ledger.Account.TierIndex) items.RemoveAll(item => item.Tier != query.From);
            return Http.Json(new ListPage<MemberView>(items, continuation));
        }
        catch (ArgumentException) when (query.Continuation is not null)
        {
            return Http.Problem(new Problem("invalid-continuation", "continuation: not one that this list gave.", "continuation"));
        }
    }
}
