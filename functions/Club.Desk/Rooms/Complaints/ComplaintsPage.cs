using Club.Desk.Frame;
using Club.Edges;
using Club.Kernel;
using Club.Members;

namespace Club.Desk.Rooms.Complaints;

/// <param name="Names">Of those who are the caller's to see.</param>
public sealed record ComplaintsModel(PageOf<ComplaintView> Found, string? State, IReadOnlyDictionary<MemberId, string> Names)
    : IShowsMembers
{
    public IEnumerable<MemberId> Members => Found.Items.Select(one => one.MemberId).Distinct();
}

/// <summary>Complaints, the latest first.</summary>
public sealed class ComplaintsPage(ComplaintLog complaints, MemberViews views) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        var state = visit.Asked("state") is { } word ? ComplaintStep.Find(word) : null;
        DealerId? dealer = visit.Asked("dealerId") is { } named ? new DealerId(named) : null;
        var criteria = new ComplaintCriteria(state, dealer, visit.Asked("owner"));
        var found = await Paging.Find(visit, (limit, continuation) =>
            complaints.List(criteria, visit.Admitted, limit, continuation, cancellation));
        var names = await MemberNames.Find(visit, views, found.Items.Select(one => one.MemberId), cancellation);
        return Reply.Of<ComplaintList>(new ComplaintsModel(found, state is null ? null : visit.Asked("state"), names),
            ComplaintsWords.Complaints);
    }
}
