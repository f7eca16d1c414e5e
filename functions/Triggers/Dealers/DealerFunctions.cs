using Club.Access;
using Club.Dealers;
using Club.Kernel;
using Club.Reports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Dealers 经销商: who they are, when they open and close, how their branches compare.</summary>
public sealed class DealerFunctions(Dealerships dealers, DealerClosings closings, Leaderboard leaderboard)
{
    [Function("PutDealer")]
    [Needs(Right.ManageDealers)]
    public async Task<IResult> Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "dealers/{code}")] HttpRequest request,
        string code, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, DealershipRequest.Read, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var put = await dealers.Put(new DealerId(code), wanted.Value.Wanted, wanted.Value.Caller, cancellation);
        return put.Problem is { } problem ? Http.Problem(problem)
            : Http.Json(put.Value.Dealer, put.Value.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    [Function("Dealer")]
    [Needs(Right.ReadDealers)]
    public async Task<IResult> Find([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dealers/{code}")] HttpRequest request,
        string code, CancellationToken cancellation) =>
        await dealers.Find(new DealerId(code), cancellation) is { } found ? Http.Json(found) : Http.NotFound($"Dealer \"{code}\"");

    [Function("Dealers")]
    [Needs(Right.ReadDealers)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dealers")] HttpRequest request,
        CancellationToken cancellation)
    {
        bool? isOpen = Http.Query(request, "open") switch { "true" => true, "false" => false, _ => null };
        if (isOpen is null && Http.Query(request, "open") is not null)
            return Http.Problem(new Problem("invalid-query", "open: true or false is expected.", "open"));
        var limit = Http.Limit(request);
        if (limit.Problem is { } wrong) return Http.Problem(wrong);
        var filter = new DealerFilter(Http.Query(request, "region"), Http.Query(request, "city"), isOpen);
        var page = await dealers.List(filter, limit.Value, Http.Query(request, "continuation"), cancellation);
        return page.Problem is { } problem ? Http.Problem(problem)
            : Http.Json(new ListPage<DealerView>(page.Value.Items, page.Value.Continuation));
    }

    [Function("CloseDealer")]
    [Needs(Right.ManageDealers)]
    public async Task<IResult> Close([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dealers/{code}/close")] HttpRequest request,
        string code, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, CloseRequest.Read, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var closed = await closings.Close(new DealerId(code), wanted.Value.Wanted, wanted.Value.Caller, cancellation);
        return closed.Problem is { } problem ? Http.Problem(problem) : Http.Json(closed.Value);
    }

    [Function("OpenDealer")]
    [Needs(Right.ManageDealers)]
    public async Task<IResult> Open([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dealers/{code}/open")] HttpRequest request,
        string code, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, CloseRequest.ReadOpening, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var opened = await closings.Open(new DealerId(code), wanted.Value.Wanted, wanted.Value.Caller, cancellation);
        return opened.Problem is { } problem ? Http.Problem(problem) : Http.Json(opened.Value);
    }

    [Function("Leaderboard")]
    [Needs(Right.ReadDealers)]
    public async Task<IResult> Compare([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dealers/leaderboard")] HttpRequest request,
        CancellationToken cancellation)
    {
        var (month, asked) = (default(StatementMonth), Http.Query(request, "month"));
        if (asked is not null && !StatementMonth.TryParse(asked, out month))
            return Http.Problem(new Problem("invalid-query", "month: a calendar month is expected, such as 2026-03.", "month"));
        var by = Http.Choice<LeaderBy>(request, "by");
        if (by.Problem is { } wrong) return Http.Problem(wrong);
        var board = await leaderboard.Of(asked is null ? null : month, Http.Query(request, "region"), by.Value ?? LeaderBy.Joined, cancellation);
        return board.Problem is { } problem ? Http.Problem(problem) : Http.Json(board.Value);
    }
}
