using Club.Access;
using Club.Kernel;
using Club.Spending;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Points given away: to another member 转赠, to a cause 捐赠, to a partner's programme 互换; and who is family 家庭.</summary>
public sealed class GivingFunctions(PointTransfers transfers, Donations donations, Exchanges exchanges, Families families)
{
    [Function("TransferPoints")]
    [Needs(Right.GivePoints)]
    public Task<IResult> Transfer([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/transfers")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        Http.Once(request, TransferPointsRequest.Read, (transfer, command, caller) =>
            transfers.Give(new MemberId(id), transfer, command, caller, cancellation), cancellation, StatusCodes.Status201Created);

    [Function("MemberTransfers")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> Transfers([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/transfers")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        await Http.PageOf(request, $"Member \"{id}\"", (limit, continuation) =>
            transfers.Of(new MemberId(id), Http.CallerOf(request), limit, continuation, cancellation));

    [Function("Donate")]
    [Needs(Right.GivePoints)]
    public Task<IResult> Donate([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/donations")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        Http.Once(request, DonationRequest.Read, (donation, command, caller) =>
            donations.Donate(new MemberId(id), donation, command, caller, cancellation), cancellation, StatusCodes.Status201Created);

    [Function("Exchange")]
    [Needs(Right.ExchangePoints)]
    public Task<IResult> Exchange([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/exchanges")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        Http.Once(request, ExchangeRequest.Read, (exchange, command, caller) =>
            exchanges.Exchange(new MemberId(id), exchange, command, caller, cancellation), cancellation, StatusCodes.Status201Created);

    [Function("ConsentToFamily")]
    [Needs(Right.GivePoints)]
    public async Task<IResult> Consent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "members/{id}/family/{other}")] HttpRequest request, string id, string other,
        CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, Http.Nothing, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        return Answer(await families.Consent(new MemberId(id), new MemberId(other), wanted.Value.Caller, cancellation));
    }

    [Function("LeaveFamily")]
    [Needs(Right.GivePoints)]
    public async Task<IResult> Leave(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "members/{id}/family/{other}")] HttpRequest request, string id, string other,
        CancellationToken cancellation)
    {
        var staff = Http.Staff(request);
        return staff.Problem is { } wrong ? Http.Problem(wrong)
            : Answer(await families.Withdraw(new MemberId(id), new MemberId(other), staff.Value.Caller, cancellation));
    }

    [Function("Family")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> Family([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/family")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        Answer(await families.Of(new MemberId(id), Http.CallerOf(request), cancellation));

    private static IResult Answer(Outcome<FamilyView> family) => family.Problem is { } problem ? Http.Problem(problem)
        : Http.Json(family.Value);
}
