using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Edges;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Work;

/// <param name="Names">Of those who are the caller's to see.</param>
public sealed record DisputeModel(PageOf<DisputeView> Found, IReadOnlyDictionary<MemberId, string> Names, Said? Done, Said? Wrong,
    Problem? Problem) : IShowsMembers
{
    public IEnumerable<MemberId> Members => Found.Items.SelectMany(dispute => dispute.Claimants.Append(dispute.MemberId)).Distinct();

    /// <summary>A place on the page, from an id that holds what no such name may.</summary>
    public static string Anchor(string id) => "d-" + Ids.Derived("", id);
}

/// <summary>Vehicles and numbers whose owner is not sure.</summary>
public sealed class DisputesPage(Disputes disputes, MemberViews views) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, null, null, cancellation);

    /// <summary>The list, with why a decision was not taken.</summary>
    public async Task<Reply> Show(Visit visit, Said? wrong, Problem? problem, CancellationToken cancellation)
    {
        var page = await Paging.Find(visit, (limit, continuation) =>
            disputes.List(visit.Admitted, limit, continuation, cancellation));
        var names = new Dictionary<MemberId, string>();
        if (visit.For(Right.ReadMember) is { } reader)
            foreach (var id in page.Items.SelectMany(dispute => dispute.Claimants.Append(dispute.MemberId)).Distinct())
                if (await views.Member(id, reader, cancellation) is { } member) names[id] = $"{member.Name} {member.Phone}".Trim();
        return Reply.Of<DisputeList>(new DisputeModel(page, names, visit.Asked("done") == "settled" ? WorkWords.Settled : null, wrong, problem),
            WorkWords.Disputes, problem is not null ? Statuses.Of(problem.Kind)
            : wrong is not null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK, WorkRoom.Address + "/disputes");
    }
}

/// <summary>Decides whose it is.</summary>
public sealed class SettleDispute(Disputes disputes, DisputesPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        if (form.Text("memberId") is not { Length: <= 64 } member || form.Text("reason") is not { Length: <= Limits.Reason } reason)
            return await page.Show(visit, WorkWords.NeedsChoice, null, cancellation);
        var same = FormBody.Choice(form, "samePerson", required: false, "yes");
        if (same.Problem is { } unfit) return await page.Show(visit, null, unfit, cancellation);
        var settled = await disputes.Settle(visit.Value("id"), new DisputeDecision(new MemberId(member), reason, same.Value is not null),
            visit.Admitted, cancellation);
        if (settled.Problem is { Kind: not ProblemKind.NotFound } problem) return await page.Show(visit, null, problem, cancellation);
        return settled.Succeeded ? Reply.To(WorkRoom.Address, ["disputes"], ("done", "settled")) : Reply.Nothing;
    }
}
