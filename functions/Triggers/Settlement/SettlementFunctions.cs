using Club.Access;
using Club.Kernel;
using Club.Settlement;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What headquarters, dealers and partners owe each other for points 结算.</summary>
public sealed class SettlementFunctions(Settlements settlements)
{
    [Function("Settlements")]
    [Needs(Right.ReadSettlements)]
    public async Task<IResult> Month([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "settlements/{month}")] HttpRequest request,
        string month, CancellationToken cancellation)
    {
        var asked = StatementMonth.Read(month);
        if (asked.Problem is { } wrong) return Http.Problem(wrong);
        var found = await settlements.Of(asked.Value, Http.CallerOf(request), cancellation);
        return found.Problem is { } problem ? Http.Problem(problem)
            : await As(request, found.Value, found.Value.Parties, $"settlement-{month}", cancellation);
    }

    [Function("Settlement")]
    [Needs(Right.ReadSettlements)]
    public async Task<IResult> Of([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "settlements/{month}/{party}")] HttpRequest request,
        string month, string party, CancellationToken cancellation)
    {
        var asked = StatementMonth.Read(month);
        if (asked.Problem is { } wrong) return Http.Problem(wrong);
        var found = await settlements.Of(asked.Value, party, Http.CallerOf(request), cancellation);
        return found.Problem is { } problem ? Http.Problem(problem)
            : await As(request, found.Value, [found.Value], $"settlement-{month}-{found.Value.Party}", cancellation);
    }

    [Function("SettlementLines")]
    [Needs(Right.ReadSettlements)]
    public async Task<IResult> Lines([HttpTrigger(AuthorizationLevel.Anonymous, "get",
        Route = "settlements/{month}/{party}/lines")] HttpRequest request, string month, string party, CancellationToken cancellation)
    {
        var (asked, line) = (StatementMonth.Read(month), Http.Choice<LineKind>(request, "line"));
        if ((asked.Problem ?? line.Problem) is { } wrong) return Http.Problem(wrong);
        return await Http.PageOrProblem(request, (limit, continuation) =>
            settlements.Lines(asked.Value, party, line.Value, Http.CallerOf(request), limit, continuation, cancellation));
    }

    [Function("CloseSettlement")]
    [Needs(Right.CloseSettlements)]
    public async Task<IResult> Close([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "settlements/{month}/close")] HttpRequest request,
        string month, CancellationToken cancellation)
    {
        var asked = StatementMonth.Read(month);
        if (asked.Problem is { } wrong) return Http.Problem(wrong);
        var signed = await Http.ReadSigned(request, Http.Nothing, cancellation, named: false);
        if (signed.Problem is { } unsigned) return Http.Problem(unsigned);
        var closed = await settlements.Close(asked.Value, signed.Value.Caller, cancellation);
        return closed.Problem is { } problem ? Http.Problem(problem) : Http.Json(closed.Value);
    }

    private static async Task<IResult> As<T>(HttpRequest request, T json, IReadOnlyList<Statement> statements, string name,
        CancellationToken cancellation)
    {
        var file = name.Replace(':', '-');
        return Http.Query(request, "format") switch
        {
            null or "json" => Http.Json(json),
            "csv" => Results.Bytes(await StatementFiles.ToCsv(StatementTables.Of("statements", statements)), StatementFiles.Csv, $"{file}.csv"),
            "xlsx" => Results.Bytes(await StatementFiles.ToXlsx(StatementTables.Of("statements", statements), cancellation),
                StatementFiles.Xlsx, $"{file}.xlsx"),
            "jsonl" => Results.Bytes(StatementFiles.ToJsonLines(statements), StatementFiles.JsonLines, $"{file}.jsonl"),
            _ => Http.Problem(new Problem("invalid-query", "format: json, csv, xlsx or jsonl is expected.", "format")),
        };
    }
}
