using Club.Access;
using Club.Dealers;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Dealers' own plans 分会计划: written by their directors, stopped by headquarters.</summary>
public sealed class DealerPlanFunctions(DealerPlans plans)
{
    [Function("WriteDealerPlan")]
    [Needs(Right.WriteDealerPlan)]
    public async Task<IResult> Write([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "dealers/{code}/plan")] HttpRequest request,
        string code, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, PlanRequest.Read, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        return Answer(await plans.Write(new DealerId(code), wanted.Value.Wanted, wanted.Value.Caller, cancellation));
    }

    [Function("DealerPlan")]
    [Needs(Right.ReadDealerPlan)]
    public async Task<IResult> Find([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dealers/{code}/plan")] HttpRequest request,
        string code, CancellationToken cancellation) =>
        await plans.Find(new DealerId(code), Http.CallerOf(request), cancellation) is { } plan ? Http.Json(plan)
            : Http.NotFound($"Dealer \"{Bounded.Text(code, 40)}\"");

    [Function("SuspendDealerPlan")]
    [Needs(Right.SuspendDealerPlan)]
    public async Task<IResult> Suspend(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dealers/{code}/plan/suspend")] HttpRequest request, string code,
        CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, Http.Reason, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        return Answer(await plans.Suspend(new DealerId(code), wanted.Value.Wanted, wanted.Value.Caller, cancellation));
    }

    [Function("ResumeDealerPlan")]
    [Needs(Right.SuspendDealerPlan)]
    public async Task<IResult> Resume(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dealers/{code}/plan/resume")] HttpRequest request, string code,
        CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, Http.Nothing, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        return Answer(await plans.Resume(new DealerId(code), wanted.Value.Caller, cancellation));
    }

    private static IResult Answer(Outcome<PlanView> done) => done.Problem is { } problem ? Http.Problem(problem) : Http.Json(done.Value);
}
