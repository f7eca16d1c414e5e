using Club.Access;
using Club.Kernel;
using Club.Programmes;
using Club.Value;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What members are worth, how they come, and who is lost 客户价值与流失.</summary>
public sealed class ValueFunctions(MemberValue value, ChurnList churn, ValueMatrix matrix)
{
    [Function("MemberValue")]
    [Needs(Right.ReadValue)]
    public async Task<IResult> Of([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/value")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        await value.Of(new MemberId(id), Http.CallerOf(request), cancellation) is { } view ? Http.Json(view) : Http.NotFound($"Member \"{id}\"");

    [Function("Churn")]
    [Needs(Right.ReadValue)]
    public async Task<IResult> Churn([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "churn")] HttpRequest request,
        CancellationToken cancellation)
    {
        var asked = Http.Query(request, "valueClass");
        if (asked is not null && !CellStrategy.Values.Contains(asked))
            return Http.Problem(new Problem("invalid-query", $"valueClass: one of {string.Join(", ", CellStrategy.Values)} is expected.",
                "valueClass"));
        return await Http.Page(request, (limit, continuation) =>
            churn.List(Http.DealerOf(request), asked, Http.CallerOf(request), limit, continuation, cancellation));
    }

    [Function("ValueMatrix")]
    [Needs(Right.ReadMatrix)]
    public async Task<IResult> Matrix([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "value/matrix")] HttpRequest request,
        CancellationToken cancellation)
    {
        StatementMonth? month = null;
        if (Http.Query(request, "month") is { } asked)
        {
            var read = StatementMonth.Read(asked);
            if (read.Problem is { } wrong) return Http.Problem(wrong);
            month = read.Value;
        }
        return Http.Json(await matrix.Of(Http.DealerOf(request), Http.CallerOf(request), cancellation, month));
    }
}
