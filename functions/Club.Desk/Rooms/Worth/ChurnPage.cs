using Club.Desk.Frame;
using Club.Kernel;
using Club.Programmes;
using Club.Value;

namespace Club.Desk.Rooms.Worth;

/// <param name="ValueClass">D, G or S; null: all.</param>
public sealed record ChurnModel(PageOf<ChurnView> Found, string? ValueClass) : IShowsMembers
{
    public IEnumerable<MemberId> Members => Found.Items.Select(one => one.MemberId);
}

/// <summary>Who is lost, those with most at risk first.</summary>
public sealed class ChurnPage(ChurnList churn) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        DealerId? dealer = visit.Asked("dealerId") is { } named ? new DealerId(named) : null;
        var value = CellStrategy.Values.FirstOrDefault(one => one == visit.Asked("valueClass"));
        var found = await Paging.Find(visit, (limit, continuation) =>
            churn.List(dealer, value, visit.Admitted, limit, continuation, cancellation));
        return Reply.Of<Churn>(new ChurnModel(found, value), WorthWords.Churn);
    }
}
