using Club.Kernel;
using Club.Tiers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Tiers that staff give.</summary>
public sealed class TierFunctions(TierGrants grants)
{
    private const int MaximumKey = 128;

    [Function("GrantTier")]
    public async Task<IResult> Grant([HttpTrigger(AuthorizationLevel.Function, "post", Route = "members/{id}/tier")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var key = request.Headers["idempotency-key"].ToString();
        if (key.Length > MaximumKey) return Http.Problem(new Problem("invalid-data", $"idempotency-key: at most {MaximumKey} characters are expected.", "idempotency-key"));
        var wanted = await Http.ReadSigned(request, GrantRequest.Read, cancellation);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var granted = await grants.Give(id, wanted.Value.Wanted, key.Length == 0 ? null : key, wanted.Value.Caller, cancellation);
        return granted.Problem is { } problem ? Http.Problem(problem) : Answer(granted.Value);
    }

    [Function("WithdrawTier")]
    public async Task<IResult> Withdraw([HttpTrigger(AuthorizationLevel.Function, "delete", Route = "members/{id}/tier")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var staff = Http.Staff(request);
        if (staff.Problem is { } wrong) return Http.Problem(wrong);
        var withdrawn = await grants.TakeBack(id, staff.Value.Reason, staff.Value.Caller, cancellation);
        return withdrawn.Problem is { } problem ? Http.Problem(problem) : Answer(withdrawn.Value);
    }

    private static IResult Answer(GrantAnswer answer) =>
        Http.Json(new { answer.MemberId, answer.Tier, answer.Grant }, answer.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
}
