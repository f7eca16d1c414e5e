using Club.Access;
using Club.Benefits;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What a member's tier gives, and its use at the desk.</summary>
public sealed class BenefitFunctions(MemberBenefits benefits)
{
    [Function("MemberBenefits")]
    [Needs(Right.ReadMember)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/benefits")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        await benefits.List(new MemberId(id), Http.CallerOf(request), cancellation) is { } items ? Http.Json(new { items }) : Http.NotFound($"Member \"{id}\"");

    [Function("UseBenefit")]
    [Needs(Right.Serve)]
    public async Task<IResult> Use(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/benefits/{benefit}/use")] HttpRequest request, string id,
        string benefit, CancellationToken cancellation)
    {
        var wanted = await Http.Read(request, UseRequest.Read, cancellation);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var used = await benefits.Use(new MemberId(id), benefit, wanted.Value.Key, wanted.Value.DealerId, Http.CallerOf(request),
            cancellation);
        if (used.Problem is { } problem) return Http.Problem(problem);
        var (code, key, dealerId, usedAt, period, left, isNew) = used.Value;
        return Http.Json(new { code, key, dealerId, usedAt, period, left }, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    [Function("UndoBenefitUse")]
    [Needs(Right.Serve)]
    public async Task<IResult> Undo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "members/{id}/benefits/{benefit}/use/{key}")] HttpRequest request,
        string id, string benefit, string key, CancellationToken cancellation)
    {
        var staff = Http.Staff(request);
        if (staff.Problem is { } wrong) return Http.Problem(wrong);
        var undone = await benefits.Undo(new MemberId(id), benefit, key, staff.Value.Reason, staff.Value.Caller, cancellation);
        return undone.Problem is { } problem ? Http.Problem(problem) : Http.Json(undone.Value);
    }
}
