using System.Text.Json;
using Club.Access;
using Club.Kernel;
using Club.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Members who go from one branch to another 转会.</summary>
public sealed class BranchFunctions(Transfers transfers)
{
    [Function("TransferMember")]
    [Needs(Right.Transfer)]
    public async Task<IResult> Move([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/transfer")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, TransferRequest.Read, cancellation);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var moved = await transfers.Move(new MemberId(id), wanted.Value.Wanted, wanted.Value.Caller, cancellation);
        return moved.Problem is { } problem ? Http.Problem(problem) : Http.Json(moved.Value);
    }

    [Function("Transfers")]
    [Needs(Right.ReadTransfers)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "transfers")] HttpRequest request,
        CancellationToken cancellation)
    {
        TransferDirection? direction = Http.Query(request, "direction") switch { null or "in" => TransferDirection.In, "out" => TransferDirection.Out,
            _ => null };
        if (direction is not { } way) return Http.Problem(new Problem("invalid-query", "direction: in or out is expected.", "direction"));
        return await Http.Page(request, (limit, continuation) =>
            transfers.List(Http.DealerOf(request), way, Http.CallerOf(request), limit, continuation, cancellation));
    }
}
