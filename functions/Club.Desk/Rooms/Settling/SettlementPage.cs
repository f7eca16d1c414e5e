using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Parts;
using Club.Desk.Words;
using Club.Kernel;
using Club.Settlement;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Settling;

/// <param name="Found">Null: what was asked for is no month.</param>
/// <param name="MayClose">Whether she closes months, and this one can be.</param>
public sealed record SettlementModel(string Asked, SettlementMonth? Found, bool MayClose, Club.Kernel.Problem? Problem, Said? Done);

/// <summary>All statements of a month.</summary>
public sealed class SettlementPage(Settlements settlements, ClubCalendar calendar) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) =>
        Show(visit, visit.Asked("month") ?? $"{StatementMonth.Of(calendar.Today)}", null, cancellation);

    /// <summary>The page, with why something was refused.</summary>
    public async Task<Reply> Show(Visit visit, string asked, Club.Kernel.Problem? problem, CancellationToken cancellation)
    {
        var month = StatementMonth.Read(asked);
        if (month.Problem is { } wrong) return Of(new SettlementModel(asked, null, false, problem ?? wrong, null));
        var found = await settlements.Of(month.Value, visit.For(Right.ReadSettlements)!, cancellation);
        if (found.Problem is { } unknown) return Of(new SettlementModel(asked, null, false, problem ?? unknown, null));
        var mayClose = visit.May(Right.CloseSettlements) && found.Value.Closed is null && month.Value.IsClosed(calendar);
        return Of(new SettlementModel(asked, found.Value, mayClose, problem, visit.Asked("done") is "closed" ? SettlingWords.ClosedNow : null));
    }

    /// <summary>The pages of the room, as far as they are hers.</summary>
    public static IEnumerable<Tab> Tabs(Visit visit, bool isLiability)
    {
        yield return new Tab(SettlingWords.Statements, Visit.To(SettlingRoom.Address, []), !isLiability);
        if (visit.May(Right.ReadLiability))
            yield return new Tab(SettlingWords.Liability, Visit.To(SettlingRoom.Address, ["liability"]), isLiability);
    }

    private static Reply.Page Of(SettlementModel model) => Reply.Of<MonthSheet>(model, SettlingWords.Settlement,
        model.Problem is { } problem ? Statuses.Of(problem.Kind) : StatusCodes.Status200OK, SettlingRoom.Address);
}

/// <summary>Closes a month that is over.</summary>
public sealed class CloseMonth(Settlements settlements, SettlementPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var month = StatementMonth.Read(visit.Value("month"));
        if (month.Problem is not null) return Reply.Nothing;
        var closed = await settlements.Close(month.Value, visit.Admitted, cancellation);
        return closed.Problem is { } problem ? await page.Show(visit, $"{month.Value}", problem, cancellation)
            : Reply.To(SettlingRoom.Address, [], ("month", $"{month.Value}"), ("done", "closed"));
    }
}
