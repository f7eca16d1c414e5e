using Club.Access;
using Club.Gifts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Vouchers 礼券: codes in batches, and the one use of each. A code in an address is a secret: no record keeps it.</summary>
public sealed class VoucherFunctions(VoucherBatches batches, VoucherDesk desk)
{
    [Function("MakeVouchers")]
    [Needs(Right.ChangeGifts)]
    public Task<IResult> Make([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "vouchers/batches")] HttpRequest request,
        CancellationToken cancellation) =>
        Http.Once(request, BatchRequest.Read, (batch, command, caller) =>
            batches.Make(batch, command, caller, cancellation), cancellation, StatusCodes.Status201Created);

    [Function("VoucherBatch")]
    [Needs(Right.ChangeGifts)]
    public async Task<IResult> Batch([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "voucher-batches/{id}")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        await batches.Find(id, cancellation) is { } batch ? Http.Json(batch) : Http.NotFound($"Batch \"{id}\"");

    [Function("Voucher")]
    [Needs(Right.UseVouchers)]
    public async Task<IResult> Find([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "vouchers/{secret}")] HttpRequest request,
        string secret, CancellationToken cancellation)
    {
        var found = await desk.Find(secret, cancellation);
        return found.Problem is { } problem ? Http.Problem(problem) : Http.Json(found.Value);
    }

    [Function("UseVoucher")]
    [Needs(Right.UseVouchers)]
    public Task<IResult> Use([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "vouchers/{secret}/use")] HttpRequest request,
        string secret, CancellationToken cancellation) =>
        Http.Once(request, UseVoucherRequest.Read, (use, command, caller) =>
            desk.Use(secret, use, command, caller, cancellation), cancellation);
}
