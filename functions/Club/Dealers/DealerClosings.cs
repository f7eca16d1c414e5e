using Club.Access;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Microsoft.Extensions.Logging;

namespace Club.Dealers;

/// <summary>
/// Closes dealers and opens them again. Members of a closed one are moved page by page, each in a commit of her own: whoever has been moved
/// is not found under it any more, so what is left to do is what is found, after a crash as after a second call.
/// </summary>
public sealed partial class DealerClosings(IClubStore store, Dealerships dealers, ClosedDealers closed, Transfers transfers,
    ProgrammeLibrary library, IWorkQueue queue, ClubCalendar calendar, IEnumerable<IEndsWithDealer> features,
    ILogger<DealerClosings> logger) : IFinishes
{
    private const int PageSize = 100;
    private const int AtOnce = 8;

    /// <summary>Of one message: so many pages take well under the time that a message has.</summary>
    private const int MostPages = 20;

    public string DocumentId => Dealership.Id;

    /// <summary>Its members are moved by the work queue, from the day on.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>unknown-dealer</c>, <c>invalid-data</c>, <c>already-decided</c>.</returns>
    public async Task<Outcome<DealerView>> Close(DealerId code, CloseRequest request, Caller caller, CancellationToken cancellation)
    {
        if (!await IsDecided(code, request, cancellation) && await Unfit(code, request, cancellation) is { } unfit) return unfit;
        var changed = await Change(code, caller, (dealer, at, by) =>
            DealerRules.Close(dealer, request, calendar.Today, at, by), cancellation);
        if (changed.Problem is null && request.On <= calendar.Today && changed.Value.MovedAt is null)
            await queue.Send([WorkMessage.ToFinish(Dealership.PartitionOf(code))], cancellation);
        return changed;
    }

    /// <summary>A closing that is to come is called off, or a closed dealer open again.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>already-decided</c>.</returns>
    public Task<Outcome<DealerView>> Open(DealerId code, DateOnly on, Caller caller, CancellationToken cancellation) =>
        Change(code, caller, (dealer, _, _) => DealerRules.Open(dealer, on, calendar.Today), cancellation);

    /// <summary>Moves members of a closed dealer on, until none is left or the message has done enough.</summary>
    /// <exception cref="StoreException">Some could not be moved; the dealer stays due.</exception>
    public async Task Finish(Document half, CancellationToken cancellation)
    {
        var code = half.As<Dealership>().Code;
        if (await dealers.Read(code, cancellation) is not { Value: var dealer } || !IsDue(dealer)) return;
        foreach (var feature in features) await feature.End(code, dealer.Closing!, cancellation);
        var all = await closed.Read(cancellation);
        var (run, pass, continuation) = (new Moves(), new Moves(), (string?)null);
        for (var pages = 0; pages < MostPages; pages++)
        {
            var query = IndexQuery.Equal("dealer", code) with { Limit = PageSize, Continuation = continuation };
            var page = await store.Find(query, cancellation);
            var moves = await MoveAll(page.Documents, dealer, all, cancellation);
            (run, pass) = (run + moves, pass + moves);
            if (page.Documents.Count == 0 && continuation is null || page.Continuation is null && pass is { Moved: 0, Stayed: > 0 })
            {
                await End(code, pass.Failed, cancellation);
                return;
            }
            // Who was moved is gone from the list: it begins anew, but goes on behind those who could not be moved.
            continuation = pass.Stayed > 0 ? page.Continuation : null;
            if (page.Continuation is null) pass = new Moves();
        }
        if (run.Moved == 0) throw new StoreException($"No member of dealer {code} could be moved.");
        await queue.Send([WorkMessage.ToFinish(Dealership.PartitionOf(code))], cancellation);
    }

    private async Task<Moves> MoveAll(IReadOnlyList<Document> page, Dealership dealer, IReadOnlyDictionary<DealerId, DealerClosing> all,
        CancellationToken cancellation)
    {
        var (moved, failed) = (0, 0);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(page, parallel, async (document, token) =>
        {
            try
            {
                if (await Move(new MemberId(document.Partition), dealer.Code, dealer.Closing!, all, token))
                    Interlocked.Increment(ref moved);
            }
            catch (StoreException exception)
            {
                Interlocked.Increment(ref failed);
                Log.Failed(logger, exception, document.Partition, dealer.Code);
            }
        });
        return new Moves(moved, page.Count - moved, failed);
    }

    /// <summary>Moves one member to whoever takes over.</summary>
    internal Task<bool> Move(MemberId member, DealerId code, DealerClosing closing, IReadOnlyDictionary<DealerId, DealerClosing> all,
        CancellationToken cancellation) =>
        transfers.MoveOn(member, code, DealerRules.Successor(code, all), closing.Reason, closing.Author, cancellation);

    private bool IsDue(Dealership dealer) => dealer.Closing?.Due <= calendar.Today;

    private async Task End(DealerId code, int failed, CancellationToken cancellation)
    {
        if (failed > 0) throw new StoreException($"{failed} members of dealer {code} could not be moved.");
        await Retry.UntilDone<bool>($"Dealer {code}", async () =>
        {
            if (await dealers.Read(code, cancellation) is not { Value: var dealer, ETag: var etag } || !IsDue(dealer)) return true;
            var closing = dealer.Closing!;
            var ended = closing.DoneAt is null ? closing with { DoneAt = calendar.Now } : closing with { IsChecked = true };
            return await dealers.Write(dealer with { Closing = ended }, etag, cancellation) ? true : Retry.Again;
        }, cancellation);
    }

    /// <summary>Whether it is as it is told, or cannot be changed any more.</summary>
    private async Task<bool> IsDecided(DealerId code, CloseRequest request, CancellationToken cancellation) =>
        await dealers.Read(code, cancellation) is { Value: var dealer }
        && (dealer.IsClosed(calendar.Today) || dealer.Closing?.Says(request.On, request.Into) is true);

    private async Task<Problem?> Unfit(DealerId code, CloseRequest request, CancellationToken cancellation)
    {
        if (request.Into is { } into && await Unfit(code, request, into, cancellation) is { } unfit) return unfit;
        return DealerRules.Astray(code, request, await closed.All(cancellation));
    }

    private async Task<Problem?> Unfit(DealerId code, CloseRequest request, DealerId into, CancellationToken cancellation)
    {
        if (into == code) return new Problem("invalid-data", "$.into: a dealer does not take over its own members.", "$.into");
        var programme = (await library.Now(cancellation)).Current;
        if (programme.Unknown(into, "$.into") is { } unknown) return unknown;
        if (programme.FindDealer(into) is { HasBranch: false })
            return new Problem("invalid-data", $"$.into: the rule book has no branch at dealer {into}.", "$.into");
        var day = request.On > calendar.Today ? request.On : calendar.Today;
        if (await dealers.Read(into, cancellation) is not { Value: var other }) return null;
        return other.IsClosed(day)
            ? new Problem("invalid-data", $"$.into: dealer {into} is closed from {other.Closing!.On:yyyy-MM-dd} on.", "$.into")
            : other.OpenedOn > day ? new Problem("invalid-data", $"$.into: dealer {into} opens on {other.OpenedOn:yyyy-MM-dd}.", "$.into") : null;
    }

    private async Task<Outcome<DealerView>> Change(DealerId code, Caller caller,
        Func<Dealership, DateTimeOffset, string, Outcome<Dealership>> decide, CancellationToken cancellation)
    {
        var programme = (await library.Now(cancellation)).Current;
        var changed = await Retry.UntilDone<Outcome<DealerView>>($"Dealer {code}", async () =>
        {
            var stored = await dealers.Read(code, cancellation);
            if (stored is null && programme.FindDealer(code) is null) return (Outcome<DealerView>)Problem.NotFound($"Dealer \"{code}\"");
            var (at, by) = (calendar.Now, caller.Name ?? AuditTrail.Unnamed);
            var before = stored?.Value ?? new Dealership { Code = code, ChangedAt = at, ChangedBy = by };
            var decided = decide(before, at, by);
            if (decided.Problem is { } problem) return (Outcome<DealerView>)problem;
            var view = DealerView.Of(programme, code, decided.Value, calendar.Today);
            if (decided.Value == before) return (Outcome<DealerView>)view;
            var after = decided.Value with { ChangedAt = at, ChangedBy = by };
            return await dealers.Write(after, stored?.ETag, cancellation) ? (Outcome<DealerView>)view : Retry.Again;
        }, cancellation);
        closed.Forget();
        return changed;
    }

    /// <param name="Stayed">Also those who went by themselves meanwhile.</param>
    /// <param name="Failed">Of those who stayed.</param>
    private readonly record struct Moves(int Moved, int Stayed, int Failed)
    {
        public static Moves operator +(Moves one, Moves other) =>
            new(one.Moved + other.Moved, one.Stayed + other.Stayed, one.Failed + other.Failed);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Member {Member} of the closed dealer {Dealer} could not be moved; the dealer stays due.")]
        public static partial void Failed(ILogger logger, Exception exception, string member, string dealer);
    }
}
