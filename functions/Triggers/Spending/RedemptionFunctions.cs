using Club.Access;
using Club.Kernel;
using Club.Spending;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Points spent 积分兑换: a quote, a hold and its end, a refund.</summary>
public sealed class RedemptionFunctions(Redemptions redemptions, RedemptionRequests requests, Quotes quotes)
{
    [Function("Quote")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> Quote([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/quotes")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var wanted = await Http.Read(request, QuoteRequest.Read, cancellation);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var quote = await quotes.Ask(new MemberId(id), wanted.Value, Http.CallerOf(request), cancellation);
        return quote.Problem is { } problem ? Http.Problem(problem) : Http.Json(quote.Value);
    }

    [Function("Redeem")]
    [Needs(Right.Redeem)]
    public Task<IResult> Redeem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/redemptions")] HttpRequest request, string id,
        CancellationToken cancellation) =>
        Http.Once(request, RedemptionRequest.Read, (redemption, command, caller) =>
            redemptions.Redeem(new MemberId(id), redemption, command, caller, cancellation), cancellation, StatusCodes.Status201Created);

    [Function("ConfirmRedemption")]
    [Needs(Right.Redeem)]
    public Task<IResult> Confirm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "redemptions/{id}/confirm")] HttpRequest request, string id,
        CancellationToken cancellation) =>
        Http.Once(request, Http.Nothing, (_, command, caller) => redemptions.Confirm(id, command, caller, cancellation), cancellation);

    [Function("CancelRedemption")]
    [Needs(Right.Redeem)]
    public Task<IResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "redemptions/{id}/cancel")] HttpRequest request, string id,
        CancellationToken cancellation) =>
        Http.Once(request, Http.Reason, (reason, command, caller) =>
            redemptions.Cancel(id, reason, command, caller, cancellation), cancellation);

    [Function("RefundRedemption")]
    [Needs(Right.Redeem)]
    public Task<IResult> Refund(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "redemptions/{id}/refund")] HttpRequest request, string id,
        CancellationToken cancellation) =>
        Http.Once(request, RefundRequest.Read, (refund, command, caller) =>
            redemptions.Refund(id, refund, command, caller, cancellation), cancellation);

    [Function("Redemption")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> Find([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "redemptions/{id}")] HttpRequest request, string id,
        CancellationToken cancellation) =>
        await redemptions.Find(id, Http.CallerOf(request), cancellation) is { } found ? Http.Json(found) : Http.NotFound($"Redemption \"{id}\"");

    [Function("MemberRedemptions")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/redemptions")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        await Http.PageOf(request, $"Member \"{id}\"", (limit, continuation) =>
            redemptions.Of(new MemberId(id), Http.CallerOf(request), limit, continuation, cancellation));

    [Function("RedemptionRequest")]
    [Needs(Right.Redeem)]
    public async Task<IResult> Asked([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "redemption-requests")] HttpRequest request,
        CancellationToken cancellation)
    {
        foreach (var name in (string[])["source", "id"])
            if (Http.Query(request, name) is null) return Http.Problem(new Problem("missing-data", $"{name}: is missing.", name));
        var (source, id) = (Http.Query(request, "source")!, Http.Query(request, "id")!);
        return await requests.Find(source, id, Http.CallerOf(request), cancellation) is { } answered ? Http.Json(answered)
            : Http.NotFound($"Redemption request \"{id}\" of \"{source}\"");
    }
}
