using Club.Desk.Frame;
using Club.Kernel;
using Club.Settlement;

namespace Club.Desk.Rooms.Settling;

/// <summary>One party's statement, fit to be printed.</summary>
public sealed class StatementPage(Settlements settlements) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation) =>
        await Find(settlements, visit, cancellation) is { } statement
            ? Reply.Of<StatementSheet>(statement, SettlingWords.Statement) : Reply.Nothing;

    internal static async Task<Statement?> Find(Settlements settlements, Visit visit, CancellationToken cancellation)
    {
        var month = StatementMonth.Read(visit.Value("month"));
        if (month.Problem is not null) return null;
        var found = await settlements.Of(month.Value, visit.Value("party"), visit.Admitted, cancellation);
        return found.Problem is null ? found.Value : null;
    }
}

/// <param name="Line">Null: behind all of its lines.</param>
public sealed record LinesModel(Statement Statement, LineKind? Line, PageOf<MovedView> Found) : IShowsMembers
{
    public IEnumerable<MemberId> Members => Found.Items.Select(one => one.MemberId).OfType<MemberId>();
}

/// <summary>The entries behind a statement.</summary>
public sealed class StatementLinesPage(Settlements settlements) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        if (await StatementPage.Find(settlements, visit, cancellation) is not { } statement) return Reply.Nothing;
        LineKind? line = Enum.TryParse<LineKind>(visit.Asked("line"), ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : null;
        var found = await Paging.Find(visit, async (limit, continuation) => (await settlements.Lines(
            StatementMonth.Read(statement.Month).Value, $"{statement.Party}", line, visit.Admitted, limit, continuation, cancellation)).Value);
        return Reply.Of<LineSheet>(new LinesModel(statement, line, found), SettlingWords.Entries);
    }
}

/// <summary>One statement as a file.</summary>
public sealed class StatementFile(Settlements settlements) : IFile
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        if (await StatementPage.Find(settlements, visit, cancellation) is not { } statement) return Reply.Nothing;
        var table = StatementTables.Of("statement", [statement]);
        var name = $"settlement-{statement.Month}-{statement.Party}".Replace(':', '-');
        return visit.Asked("format") == "xlsx"
            ? File($"{name}.xlsx", StatementFiles.Xlsx, await StatementFiles.ToXlsx(table, cancellation))
            : File($"{name}.csv", StatementFiles.Csv, await StatementFiles.ToCsv(table));
    }

    private static Reply.Download File(string name, string type, byte[] bytes) =>
        new Reply.Download(type, name, async (stream, cancellation) => await stream.WriteAsync(bytes, cancellation));
}

/// <summary>What the club owes for points that are not spent.</summary>
public sealed class LiabilityPage(Liability liability) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        DateOnly? on = DateOnly.TryParseExact(visit.Asked("on"), "yyyy-MM-dd", null, System.Globalization.DateTimeStyles.None, out var day) ? day : null;
        var found = await liability.Of(on, cancellation);
        var shown = found.Problem is null ? found.Value : (await liability.Of(null, cancellation)).Value;
        return Reply.Of<LiabilitySheet>(shown, SettlingWords.Liability);
    }
}
