using Club.Desk.Frame;
using Club.Kernel;
using Club.Ledger;
using Club.Members;

namespace Club.Desk.Rooms.Members.Acts;

/// <param name="HidesReason">What staff wrote may name a person.</param>
public sealed record HistoryModel(MemberHead Head, PageOf<MemberEvent> Events, bool HidesReason) : IShowsMembers
{
    public IEnumerable<MemberId> Members => [Head.Member.MemberId];
}

/// <summary>What happened to one member besides points.</summary>
public sealed class HistoryPage(MemberFile file, MemberHistory history) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        if (await file.Open(visit, cancellation) is not { } head) return Reply.Nothing;
        var events = await Paging.Find(visit, (limit, continuation) =>
            history.List(head.Member.MemberId, head.IsMasked, limit, continuation, cancellation));
        return Reply.Of<History>(new HistoryModel(head, events, head.IsMasked), MembersWords.History);
    }
}
