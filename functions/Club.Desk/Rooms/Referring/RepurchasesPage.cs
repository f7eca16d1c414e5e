using Club.Care;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Club.Referrals;

namespace Club.Desk.Rooms.Referring;

/// <param name="Count">How it went within the last twelve months.</param>
public sealed record RepurchasesModel(PageOf<RepurchaseView> Found, RepurchaseState State, RepurchaseConversion Count, Said? Done)
    : IShowsMembers
{
    public IEnumerable<MemberId> Members => Found.Items.Select(one => one.MemberId).Distinct();
}

/// <summary>Owners who are asked for another vehicle, by the day on which they are to be asked next.</summary>
public sealed class RepurchasesPage(RepurchaseDesk desk, ClubCalendar calendar) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        var state = Enum.TryParse<RepurchaseState>(visit.Asked("state"), ignoreCase: true, out var named) && Enum.IsDefined(named) ? named
            : RepurchaseState.Open;
        DealerId? dealer = visit.Asked("dealerId") is { } code ? new DealerId(code) : null;
        var found = await Paging.Find(visit, (limit, continuation) =>
            desk.List(state, dealer, null, visit.Admitted, limit, continuation, cancellation));
        var count = await desk.Conversion(MonthRange.Read(null, null, calendar.Today).Value, dealer, visit.Admitted, cancellation);
        return Reply.Of<RepurchaseList>(new RepurchasesModel(found, state, count,
            visit.Asked("done") == "kept" ? RepurchaseWords.Kept : null), RepurchaseWords.Repurchases);
    }
}
