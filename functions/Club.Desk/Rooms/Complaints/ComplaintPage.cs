using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Edges;
using Club.Kernel;
using Club.Members;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Complaints;

/// <param name="Problem">Why a step was not taken.</param>
public sealed record ComplaintModel(ComplaintView Complaint, IReadOnlyDictionary<MemberId, string> Names, Typed Typed, Said? Done,
    Problem? Problem) : IShowsMembers
{
    public static readonly string[] Fields = ["text", "state", "owner", "dueOn"];

    public IEnumerable<MemberId> Members => [Complaint.MemberId];
}

/// <summary>One complaint with its steps.</summary>
public sealed class ComplaintPage(ComplaintLog complaints, MemberViews views) : IPage
{
    private const int PageSize = 100;

    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, Typed.Nothing, null, cancellation);

    /// <summary>The same, with the step as it was sent and what is wrong with it.</summary>
    public async Task<Reply> Show(Visit visit, Typed typed, Problem? problem, CancellationToken cancellation)
    {
        if (await Find(visit, cancellation) is not { } complaint) return Reply.Nothing;
        var names = await MemberNames.Find(visit, views, [complaint.MemberId], cancellation);
        Said? done = visit.Asked("done") switch
        {
            "followed" => ComplaintsWords.FollowedNow, "opened" => ComplaintsWords.OpenedNow, _ => null,
        };
        return Reply.Of<Steps>(new ComplaintModel(complaint, names, typed, done, problem), ComplaintsWords.Complaint,
            problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind),
            $"{ComplaintsRoom.Address}/{complaint.MemberId}/{complaint.Id}");
    }

    private async Task<ComplaintView?> Find(Visit visit, CancellationToken cancellation)
    {
        var (member, id) = (new MemberId(visit.Value("id")), visit.Value("complaint"));
        string? continuation = null;
        do
        {
            if (await complaints.Of(member, visit.Admitted, PageSize, continuation, cancellation) is not { } page) return null;
            if (page.Items.FirstOrDefault(one => one.Id == id) is { } found) return found;
            continuation = page.Continuation;
        } while (continuation is not null);
        return null;
    }
}

/// <summary>Adds a step.</summary>
public sealed class FollowComplaint(ComplaintLog complaints, ComplaintPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var step = FormBody.Read(FormBody.Of(form, ComplaintModel.Fields), ComplaintStep.Read);
        if (step.Problem is { } wrong) return await page.Show(visit, new Typed(form), wrong, cancellation);
        var (member, id) = (visit.Value("id"), visit.Value("complaint"));
        var followed = await complaints.Follow(new MemberId(member), id, step.Value, visit.Admitted, cancellation);
        if (followed.Problem is { Kind: not ProblemKind.NotFound } problem)
            return await page.Show(visit, new Typed(form), problem, cancellation);
        return followed.Succeeded ? Reply.To(ComplaintsRoom.Address, [member, id], Bystander.Carried(visit), ("done", "followed"))
            : Reply.Nothing;
    }
}
