using Club.Desk.Frame;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Members.Acts;

/// <param name="Dealers">To choose from; null: those who take it down are of one.</param>
/// <param name="Key">Makes a form that is sent twice count once.</param>
public sealed record HerComplaintsModel(MemberHead Head, PageOf<ComplaintView> Found, DealerNetwork? Dealers, string Key, Typed Typed,
    Problem? Problem) : IShowsMembers
{
    public static readonly string[] Fields = ["subject", "text", "channel", "owner", "dueOn", "dealerId"];

    public IEnumerable<MemberId> Members => [Head.Member.MemberId];
}

/// <summary>What one member complains of.</summary>
public sealed class HerComplaintsPage(MemberFile file, ComplaintLog complaints) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, Typed.Nothing, null, cancellation);

    /// <summary>The same, with a complaint as it was sent and what is wrong with it.</summary>
    public async Task<Reply> Show(Visit visit, Typed typed, Problem? problem, CancellationToken cancellation)
    {
        if (await file.Open(visit, cancellation) is not { } head) return Reply.Nothing;
        var found = await Paging.Find<ComplaintView>(visit, async (limit, continuation) =>
            await complaints.Of(head.Member.MemberId, visit.Admitted, limit, continuation, cancellation) ?? ([], null));
        return Reply.Of<HerComplaints>(new HerComplaintsModel(head, found, visit.Admitted.IsScoped ? null : head.Rules.Current.Dealers,
            Ids.Random("C"), typed, problem), MembersWords.Complaints,
            problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind),
            $"{MembersRoom.Address}/{head.Member.MemberId}/complaints");
    }
}

/// <summary>Takes one down.</summary>
public sealed class FileComplaint(ComplaintLog complaints, HerComplaintsPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var request = FormBody.Read(FormBody.Of(form, HerComplaintsModel.Fields), ComplaintRequest.Read);
        if (request.Problem is { } wrong) return await page.Show(visit, new Typed(form), wrong, cancellation);
        var command = new Command("console:" + FormBody.Key(form), "");
        var opened = await complaints.Open(new MemberId(visit.Value("id")), request.Value, command, visit.Admitted, cancellation);
        if (opened.Problem is { Kind: not ProblemKind.NotFound } problem)
            return await page.Show(visit, new Typed(form), problem, cancellation);
        return opened.Succeeded
            ? Reply.To("complaints", [opened.Value.Answer.MemberId, opened.Value.Answer.Id], Bystander.Carried(visit), ("done", "opened"))
            : Reply.Nothing;
    }
}
