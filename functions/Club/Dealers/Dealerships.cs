using Club.Access;
using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Dealers;

/// <summary>Who the dealers are: what the rule book publishes, and what is told of those at work.</summary>
public sealed class Dealerships(IClubStore store, ProgrammeLibrary library, ClubCalendar calendar)
{
    /// <returns>Whether nothing was told of it before. Problems: those of <see cref="DealerRules.Tell"/>.</returns>
    public async Task<Outcome<(DealerView Dealer, bool IsNew)>> Put(DealerId code, DealershipRequest request, Caller caller,
        CancellationToken cancellation)
    {
        var programme = (await library.Now(cancellation)).Current;
        return await Retry.UntilDone<Outcome<(DealerView, bool)>>($"Dealer {code}", async () =>
        {
            var stored = await Read(code, cancellation);
            if (stored is null && await Alike(programme, code, cancellation) is { } alike)
                return (Outcome<(DealerView, bool)>)new Problem("invalid-data", $"code: the dealer is written {alike}.", "code");
            var (at, by) = (calendar.Now, caller.Name ?? AuditTrail.Unnamed);
            var told = DealerRules.Tell(programme, code, stored?.Value, request, calendar.Today, at, by);
            if (told.Problem is { } problem) return (Outcome<(DealerView, bool)>)problem;
            var answer = (DealerView.Of(programme, code, told.Value, calendar.Today), stored is null);
            if (stored is not null && Same(told.Value, stored.Value)) return (Outcome<(DealerView, bool)>)answer;
            var after = told.Value with { ChangedAt = at, ChangedBy = by };
            return await Write(after, stored?.ETag, cancellation) ? (Outcome<(DealerView, bool)>)answer : Retry.Again;
        }, cancellation);
    }

    /// <returns>Null when neither the rule book nor anybody else knows of it.</returns>
    public async Task<DealerView?> Find(DealerId code, CancellationToken cancellation)
    {
        var programme = (await library.Now(cancellation)).Current;
        var told = (await Read(code, cancellation))?.Value;
        return told is null && programme.FindDealer(code) is null ? null : DealerView.Of(programme, code, told, calendar.Today);
    }

    /// <summary>Dealers by their codes.</summary>
    /// <returns>Problem <c>invalid-query</c>: there is no such region.</returns>
    public async Task<Outcome<IReadOnlyList<DealerView>>> All(DealerFilter filter, CancellationToken cancellation)
    {
        var programme = (await library.Now(cancellation)).Current;
        var regions = programme.Dealers.Regions;
        if (filter.Region is { } region && regions.Count > 0 && regions.All(one => one.Code != region))
            return new Problem("invalid-query", DealerRules.UnknownRegion(programme, region, "region").Message, "region");
        var told = new Dictionary<DealerId, Dealership>();
        await foreach (var document in store.FindAll(new IndexQuery(Dealership.CodeIndex, "", IndexQuery.Last, Limit: 1000), cancellation))
        {
            var one = document.As<Dealership>();
            told[one.Code] = one;
        }
        var today = calendar.Today;
        var codes = programme.Dealers.Codes.Select(code => new DealerId(code)).Union(told.Keys)
            .OrderBy(code => code.Value, StringComparer.Ordinal);
        return codes.Select(code => DealerView.Of(programme, code, told.GetValueOrDefault(code), today))
            .Where(one => Fits(one, filter)).ToArray();
    }

    /// <summary>One page of them. There are as many dealers as a brand has: they are read together, and told page by page.</summary>
    /// <param name="continuation">The code after which to go on.</param>
    /// <returns>Problem <c>invalid-query</c>.</returns>
    public async Task<Outcome<(IReadOnlyList<DealerView> Items, string? Continuation)>> List(DealerFilter filter, int limit,
        string? continuation, CancellationToken cancellation)
    {
        var all = await All(filter, cancellation);
        if (all.Problem is { } problem) return problem;
        var rest = all.Value.SkipWhile(one => continuation is not null && string.CompareOrdinal(one.Code, continuation) <= 0)
            .Take(limit + 1).ToArray();
        return ((IReadOnlyList<DealerView>)[.. rest.Take(limit)], rest.Length > limit ? rest[limit - 1].Code : null);
    }

    internal async ValueTask<Stored<Dealership>?> Read(DealerId code, CancellationToken cancellation) => DealerRules.IsCode(code)
        ? await store.Read<Dealership>(Dealership.PartitionOf(code), Dealership.Id, cancellation) : null;

    internal async Task<bool> Write(Dealership dealer, string? etag, CancellationToken cancellation) =>
        await store.Commit(Dealership.PartitionOf(dealer.Code), [dealer.ToWrite(etag)], cancellation) is CommitResult.Written;

    /// <summary>The dealer whose code differs in capitals alone; null: there is none. Dealers are as many as a brand has.</summary>
    private async ValueTask<string?> Alike(Programme programme, DealerId code, CancellationToken cancellation)
    {
        if (programme.Dealers.Find(code) is not null) return null;
        bool IsAlike(string other) => other != code.Value && string.Equals(other, code, StringComparison.OrdinalIgnoreCase);
        if (programme.Dealers.Codes.FirstOrDefault(IsAlike) is { } listed) return listed;
        await foreach (var document in store.FindAll(new IndexQuery(Dealership.CodeIndex, "", IndexQuery.Last, Limit: 1000), cancellation))
            if (IsAlike(document.As<Dealership>().Code)) return document.As<Dealership>().Code;
        return null;
    }

    private static bool Fits(DealerView one, DealerFilter filter) =>
        (filter.Region is null || one.Region == filter.Region) && (filter.City is null || CityRules.AreSame(one.City, filter.City))
            && (filter.IsOpen is null || one.IsOpen == filter.IsOpen);

    private static bool Same(Dealership one, Dealership other) =>
        one.Capabilities.SequenceEqual(other.Capabilities) && one with { Capabilities = other.Capabilities } == other;
}
