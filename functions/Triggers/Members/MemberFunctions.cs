using Club.Access;
using Club.Edges;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What staff read about members.</summary>
public sealed class MemberFunctions(MemberSearch search, MemberViews views)
{
    [Function("Members")]
    [Needs(Right.FindMembers)]
    public async Task<IResult> Search([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members")] HttpRequest request,
        CancellationToken cancellation)
    {
        foreach (var (name, value) in request.Query)
            if (!SearchWords.Identities.ContainsKey(name) && !SearchWords.Keys.ContainsKey(name) && name is not ("tier" or "limit" or "continuation" or "code")
                || value.Any(string.IsNullOrWhiteSpace))
                return Http.Problem(new Problem("invalid-query",
                    $"{name}: there is no such search, or nothing to search for. Known are {string.Join(", ", SearchWords.Identities.Keys.Concat(SearchWords.Keys.Keys).Append("tier"))}.", name));
        var criteria = Criteria(request);
        if (criteria.Problem is { } problem) return Http.Problem(problem);
        var caller = Http.CallerOf(request);
        return await Http.Page(request,
            (limit, continuation) => search.Find(criteria.Value, caller, limit, continuation, cancellation));
    }

    [Function("Member")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> Member([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        await views.Member(new MemberId(id), Http.CallerOf(request), cancellation) is { } member ? Http.Json(member) : Http.NotFound($"Member \"{id}\"");

    [Function("MemberAccount")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> Account(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/account")] HttpRequest request, string id,
        CancellationToken cancellation) =>
        await views.Account(new MemberId(id), Http.CallerOf(request), cancellation) is { } account ? Http.Json(account) : Http.NotFound($"Member \"{id}\"");

    [Function("MemberEntries")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> Entries(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/entries")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var (limit, chain) = (Http.Limit(request), Http.Choice<EntryChain>(request, "chain"));
        if ((limit.Problem ?? chain.Problem) is { } wrong) return Http.Problem(wrong);
        long? before = null;
        if (Http.Query(request, "continuation") is { } continuation)
        {
            if (!long.TryParse(continuation, out var sequence) || sequence < 1)
                return Http.UnknownContinuation();
            before = sequence;
        }
        return await views.Entries(new MemberId(id), chain.Value, Http.CallerOf(request), limit.Value, before, cancellation) is { } page
            ? Http.Json(new ListPage<System.Text.Json.Nodes.JsonObject>([.. page.Items.Select(EntryView.Of)],
                page.Before?.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            : Http.NotFound($"Member \"{id}\"");
    }

    private static Outcome<MemberCriteria> Criteria(HttpRequest request)
    {
        var identities = new List<PersonIdentity>();
        foreach (var (name, kind) in SearchWords.Identities)
        {
            foreach (var value in request.Query[name])
            {
                var identity = PersonIdentity.Parse(kind, value!);
                if (identity.Problem is { } problem) return problem with { Path = name };
                identities.Add(identity.Value);
            }
        }
        IndexKey[] keys = [.. SearchWords.Keys.Keys.SelectMany(name =>
            request.Query[name].Select(value => SearchWords.Key(name, value!))).Distinct()];
        return request.Query["tier"] is { Count: > 1 }
            ? new Problem("invalid-query", "tier: a member holds one tier; it can be asked for once.", "tier")
            : new MemberCriteria(identities, keys, Http.Query(request, "tier") is { } tier ? new TierCode(tier) : null);
    }
}
