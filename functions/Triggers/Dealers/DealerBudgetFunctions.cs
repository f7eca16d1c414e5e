using Club.Access;
using Club.Dealers;
using Club.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What dealers may spend in a month 月度预算: asked for and decided.</summary>
public sealed class DealerBudgetFunctions(DealerBudgets budgets)
{
    [Function("AskDealerBudget")]
    [Needs(Right.AskDealerBudget)]
    public async Task<IResult> Ask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "dealers/{code}/budgets/{month}")] HttpRequest request, string code,
        string month, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, BudgetRequest.Read, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        return Answer(await budgets.Ask(new DealerId(code), month, wanted.Value.Wanted, wanted.Value.Caller, cancellation));
    }

    [Function("ApproveDealerBudget")]
    [Needs(Right.DecideDealerBudgets)]
    public async Task<IResult> Approve(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dealers/{code}/budgets/{month}/approve")] HttpRequest request, string code,
        string month, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, BudgetRequest.ReadApproval, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        return Answer(await budgets.Approve(new DealerId(code), month, wanted.Value.Wanted, wanted.Value.Caller, cancellation));
    }

    [Function("RefuseDealerBudget")]
    [Needs(Right.DecideDealerBudgets)]
    public async Task<IResult> Refuse(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dealers/{code}/budgets/{month}/refuse")] HttpRequest request, string code,
        string month, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, Http.Reason, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        return Answer(await budgets.Refuse(new DealerId(code), month, wanted.Value.Wanted, wanted.Value.Caller, cancellation));
    }

    [Function("DealerBudgets")]
    [Needs(Right.ReadDealerBudgets)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dealers/budgets")] HttpRequest request,
        CancellationToken cancellation)
    {
        var state = BudgetRequest.StateOf(Http.Query(request, "state"));
        return state.Problem is { } wrong ? Http.Problem(wrong) : await Http.Page(request, (limit, continuation) =>
            budgets.List(Http.DealerOf(request), state.Value, Http.CallerOf(request), limit, continuation, cancellation));
    }

    private static IResult Answer(Outcome<BudgetView> done) => done.Problem is { } problem ? Http.Problem(problem)
        : Http.Json(done.Value, done.Value.State == BudgetState.AwaitingApproval ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
}
