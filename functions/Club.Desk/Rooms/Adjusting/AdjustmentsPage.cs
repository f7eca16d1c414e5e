using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Edges;
using Club.Kernel;
using Club.Programmes;
using Club.Spending;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Adjusting;

/// <param name="State">Null: of any.</param>
/// <param name="Names">Of those who are the caller's to see.</param>
/// <param name="Key">Makes a form that is sent twice count once.</param>
public sealed record AdjustmentsModel(PageOf<AdjustmentView> Found, AdjustmentState? State, Programme Programme,
    IReadOnlyDictionary<MemberId, string> Names, string Key, Problem? Problem, Said? Done) : IShowsMembers
{
    public IEnumerable<MemberId> Members => Found.Items.Select(one => one.MemberId).Distinct();

    public string WalletName(WalletCode code) => Programme.FindWallet(code)?.Name ?? code;
}

/// <summary>Corrections, those that wait unless others are asked for.</summary>
public sealed class AdjustmentsPage(Adjustments adjustments, MemberViews views, ProgrammeLibrary library) : IPage
{
    public const string Every = "all";

    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, null, cancellation);

    /// <summary>The list, with why a decision was not taken.</summary>
    public async Task<Reply> Show(Visit visit, Problem? problem, CancellationToken cancellation)
    {
        var state = StateOf(visit.Asked("state"));
        var found = await Paging.Find(visit, (limit, continuation) => adjustments.List(state, limit, continuation, cancellation));
        var names = await MemberNames.Find(visit, views, found.Items.Select(one => one.MemberId), cancellation);
        Said? done = visit.Asked("done") switch
        {
            "approved" => AdjustingWords.ApprovedNow,
            "refused" => AdjustingWords.RefusedNow,
            _ => null,
        };
        return Reply.Of<AdjustmentList>(new AdjustmentsModel(found, state, (await library.Now(cancellation)).Current, names,
            Ids.Random("C"), problem, problem is null ? done : null), AdjustingWords.Adjustments,
            problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind), AdjustingRoom.Address);
    }

    private static AdjustmentState? StateOf(string? word) => word switch
    {
        Every => null,
        "booked" => AdjustmentState.Booked,
        "refused" => AdjustmentState.Refused,
        _ => AdjustmentState.AwaitingApproval,
    };
}

/// <summary>Books it.</summary>
public sealed class ApproveAdjustment(Adjustments adjustments, AdjustmentsPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var approved = await adjustments.Approve(visit.Value("adjustment"), FormBody.Once(visit, form, ""), visit.Admitted, cancellation);
        return approved.Problem is { } problem ? await Told(problem, visit, page, cancellation)
            : Reply.To(AdjustingRoom.Address, [], ("done", "approved"));
    }

    internal static async Task<Reply> Told(Problem problem, Visit visit, AdjustmentsPage page, CancellationToken cancellation) =>
        problem.Kind == ProblemKind.NotFound ? Reply.Nothing : await page.Show(visit, problem, cancellation);
}

/// <summary>Does not book it, and says why.</summary>
public sealed class RefuseAdjustment(Adjustments adjustments, AdjustmentsPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var reason = FormBody.Reason(form);
        if (reason.Problem is { } wrong) return await page.Show(visit, wrong, cancellation);
        var refused = await adjustments.Refuse(visit.Value("adjustment"), reason.Value, FormBody.Once(visit, form, reason.Value),
            visit.Admitted, cancellation);
        return refused.Problem is { } problem ? await ApproveAdjustment.Told(problem, visit, page, cancellation)
            : Reply.To(AdjustingRoom.Address, [], ("done", "refused"));
    }
}
