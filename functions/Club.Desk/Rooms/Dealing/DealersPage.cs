using Club.Access;
using Club.Dealers;
using Club.Desk.Frame;
using Club.Desk.Parts;
using Club.Kernel;
using Club.Programmes;
using Club.Reports;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Dealing;

/// <param name="Board">Null: what was asked for is none.</param>
public sealed record DealersModel(LeaderboardView? Board, LeaderBy By, Programme Programme, Club.Kernel.Problem? Problem);

/// <summary>How branches compare.</summary>
public sealed class DealersPage(Leaderboard leaderboard, ProgrammeLibrary library) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        var by = Enum.TryParse<LeaderBy>(visit.Asked("by"), ignoreCase: true, out var named) && Enum.IsDefined(named) ? named
            : LeaderBy.Joined;
        StatementMonth? month = visit.Asked("month") is { } text && StatementMonth.TryParse(text, out var one) ? one : null;
        var board = await leaderboard.Of(month, visit.Asked("region"), by, cancellation);
        var programme = (await library.Now(cancellation)).Current;
        var model = new DealersModel(board.Problem is null ? board.Value : null, by, programme, board.Problem);
        return Reply.Of<DealerList>(model, DealingWords.Leaderboard,
            board.Problem is { } problem ? Statuses.Of(problem.Kind) : StatusCodes.Status200OK);
    }

    /// <summary>The pages of the room, as far as they are hers.</summary>
    public static IEnumerable<Tab> Tabs(Visit visit, bool isWaiting)
    {
        yield return new Tab(DealingWords.Leaderboard, Visit.To(DealingRoom.Address, []), !isWaiting);
        if (visit.May(Right.DecideDealerBudgets))
            yield return new Tab(DealingWords.Waiting, Visit.To(DealingRoom.Address, ["waiting"]), isWaiting);
    }
}

/// <summary>Budgets that wait for a decision.</summary>
public sealed class WaitingBudgetsPage(DealerBudgets budgets) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation) => Reply.Of<WaitingBudgets>(await Paging.Find(visit,
        (limit, continuation) => budgets.List(null, BudgetState.AwaitingApproval, visit.Admitted, limit, continuation, cancellation)),
        DealingWords.Waiting);
}
