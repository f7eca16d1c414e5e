using Club.Desk.Frame;
using Club.Kernel;
using Club.Referrals;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Referring;

/// <param name="Problem">Why what came of it was not kept.</param>
public sealed record RepurchaseModel(RepurchaseView One, Typed Typed, Problem? Problem) : IShowsMembers
{
    public static readonly string[] Fields = ["note", "nextOn"];

    public IEnumerable<MemberId> Members => [One.MemberId];
}

/// <summary>One owner who is asked for another vehicle, with what came of it so far.</summary>
public sealed class RepurchasePage(RepurchaseDesk desk) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, Typed.Nothing, null, cancellation);

    /// <summary>The same, with the form as it was sent and what is wrong with it.</summary>
    public async Task<Reply> Show(Visit visit, Typed typed, Problem? problem, CancellationToken cancellation) =>
        await desk.Find(visit.Value("id"), visit.Admitted, cancellation) is { } one
            ? Reply.Of<RepurchaseSteps>(new RepurchaseModel(one, typed, problem), RepurchaseWords.Repurchase,
                problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind), $"{ReferringRoom.Repurchases}/{one.RepurchaseId}")
            : Reply.Nothing;
}

/// <summary>Keeps what came of asking her.</summary>
public sealed class KeepRepurchase(RepurchaseDesk desk, RepurchasePage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var read = FormBody.Read(FormBody.Of(form, RepurchaseModel.Fields), RepurchaseRequest.Read);
        if (read.Problem is { } wrong) return await page.Show(visit, new Typed(form), wrong, cancellation);
        var said = read.Value with { IsLost = form.Text("result") == "lost" };
        // A day that was chosen before she said no is no mistake.
        if (said.IsLost) said = said with { NextOn = null };
        var kept = await desk.FollowUp(visit.Value("id"), said, visit.Admitted, cancellation);
        if (kept.Problem is { Kind: not ProblemKind.NotFound } problem)
            return await page.Show(visit, new Typed(form), problem, cancellation);
        return kept.Succeeded ? Reply.To(ReferringRoom.Repurchases, [], ("done", "kept")) : Reply.Nothing;
    }
}
