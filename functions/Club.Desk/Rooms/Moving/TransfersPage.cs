using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Edges;
using Club.Kernel;
using Club.Members;

namespace Club.Desk.Rooms.Moving;

/// <param name="Names">Of those who are the caller's to see.</param>
public sealed record TransfersModel(PageOf<TransferView> Found, TransferDirection Direction, IReadOnlyDictionary<MemberId, string> Names,
    Said? Done) : IShowsMembers
{
    public IEnumerable<MemberId> Members => Found.Items.Select(one => one.MemberId).Distinct();
}

/// <summary>Transfers, the latest first.</summary>
public sealed class TransfersPage(Transfers transfers, MemberViews views) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        var direction = visit.Asked("direction") == "out" ? TransferDirection.Out : TransferDirection.In;
        DealerId? dealer = visit.Asked("dealerId") is { } named ? new DealerId(named) : null;
        var found = await Paging.Find(visit, (limit, continuation) =>
            transfers.List(dealer, direction, visit.Admitted, limit, continuation, cancellation));
        var names = await MemberNames.Find(visit, views, found.Items.Select(one => one.MemberId), cancellation);
        return Reply.Of<TransferList>(new TransfersModel(found, direction, names,
            visit.Asked("done") == "moved" ? MovingWords.MovedNow : null), MovingWords.Transfers);
    }
}
