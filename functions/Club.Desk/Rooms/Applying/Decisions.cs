using Club.Desk.Frame;
using Club.Joining;
using Club.Kernel;

namespace Club.Desk.Rooms.Applying;

/// <summary>Makes her a member.</summary>
public sealed class ApproveApplication(Applications applications, ApplicationsPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var approved = await applications.Approve(visit.Value("id"), null, visit.Admitted, cancellation);
        return approved.Problem is { } problem ? await Told(problem, visit, page, cancellation)
            : Reply.To(ApplyingRoom.Address, [], ("done", "approved"), ("member", approved.Value.MemberId?.Value));
    }

    internal static async Task<Reply> Told(Problem problem, Visit visit, ApplicationsPage page, CancellationToken cancellation) =>
        problem.Kind == ProblemKind.NotFound ? Reply.Nothing : await page.Show(visit, problem, cancellation);
}

/// <summary>Does not take her, and says why.</summary>
public sealed class RefuseApplication(Applications applications, ApplicationsPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var reason = FormBody.Reason(form);
        if (reason.Problem is { } wrong) return await page.Show(visit, wrong, cancellation);
        var refused = await applications.Refuse(visit.Value("id"), reason.Value, visit.Admitted, cancellation);
        return refused.Problem is { } problem ? await ApproveApplication.Told(problem, visit, page, cancellation)
            : Reply.To(ApplyingRoom.Address, [], ("done", "refused"));
    }
}
