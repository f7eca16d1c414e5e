using Club.Access;
using Club.Kernel;
using Club.Store;
using Club.Tiers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Tiers that staff give.</summary>
public sealed class TierFunctions(TierGrants grants)
{
    [Function("GrantTier")]
    [Needs(Right.GrantTiers)]
    public async Task<IResult> Grant([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/tier")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var wanted = await Http.ReadCommand(request, GrantRequest.Read, cancellation);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var (grant, caller, command) = wanted.Value;
        return Answer(request, await grants.Give(new MemberId(id), grant, command, caller, cancellation));
    }

    [Function("WithdrawTier")]
    [Needs(Right.GrantTiers)]
    public async Task<IResult> Withdraw(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "members/{id}/tier")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var staff = Http.Staff(request);
        if (staff.Problem is { } wrong) return Http.Problem(wrong);
        var command = Http.Command(request, Ids.Derived("", staff.Value.Reason, staff.Value.Caller.Name));
        if (command.Problem is { } unfit) return Http.Problem(unfit);
        return Answer(request, await grants.TakeBack(new MemberId(id), staff.Value.Reason, command.Value, staff.Value.Caller,
            cancellation));
    }

    private static IResult Answer(HttpRequest request, Outcome<Answered<GrantAnswer>> answer) =>
        Http.Answer(request, answer, granted => granted.IsNew);
}
