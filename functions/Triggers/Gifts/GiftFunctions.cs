using Club.Access;
using Club.Gifts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>The catalogue of gifts 礼品目录 and their stock.</summary>
public sealed class GiftFunctions(GiftCatalogue catalogue, GiftStocks stocks)
{
    [Function("Gifts")]
    [Needs(Right.ReadGifts)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "gifts")] HttpRequest request,
        CancellationToken cancellation)
    {
        var offered = Http.Query(request, "offered");
        if (offered is not (null or "true" or "false"))
            return Http.Problem(new Kernel.Problem("invalid-query", "offered: true or false is expected.", "offered"));
        var criteria = new GiftCriteria(Http.Query(request, "category"), offered == "true");
        return await Http.Page(request, (limit, continuation) => catalogue.List(criteria, limit, continuation, cancellation));
    }

    [Function("Gift")]
    [Needs(Right.ReadGifts)]
    public async Task<IResult> Find([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "gifts/{code}")] HttpRequest request, string code,
        CancellationToken cancellation)
    {
        if (await catalogue.Find(code, cancellation) is not var (gift, tag))
            return Http.Problem(await catalogue.Unknown(code, cancellation));
        request.HttpContext.Response.Headers.ETag = $"\"{tag}\"";
        return Http.Json(gift);
    }

    [Function("PutGift")]
    [Needs(Right.ChangeGifts)]
    public async Task<IResult> Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "gifts/{code}")] HttpRequest request, string code,
        CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, body => GiftRequest.Read(body, code), cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var tag = request.Headers.IfMatch.ToString() is { Length: > 0 } given and not "*" ? given.Trim('"') : null;
        var put = await catalogue.Put(wanted.Value.Wanted, tag, wanted.Value.Caller, cancellation);
        if (put.Problem is { } problem) return Http.Problem(problem);
        request.HttpContext.Response.Headers.ETag = $"\"{put.Value.Tag}\"";
        return Http.Json(put.Value.Gift, put.Value.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    [Function("ChangeStock")]
    [Needs(Right.ChangeGifts)]
    public Task<IResult> Stock([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "gifts/{code}/stock")] HttpRequest request,
        string code, CancellationToken cancellation) =>
        Http.Once(request, StockRequest.Read, (change, command, caller) =>
            stocks.Change(code, change, command, caller, cancellation), cancellation);
}
