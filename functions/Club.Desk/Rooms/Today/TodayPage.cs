using Club.Desk.Frame;
using Club.Kernel;
using Club.Members;

namespace Club.Desk.Rooms.Today;

public sealed record TodayModel(TodayView Day) : IShowsMembers
{
    public IEnumerable<MemberId> Members => ((Access.ITellsOfMembers)Day).Members;
}

/// <summary>The day of the caller's dealer; headquarters choose one.</summary>
public sealed class TodayPage(TodayDesk desk) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        DealerId? dealer = visit.Asked("dealerId") is { } named ? new DealerId(named) : null;
        return Reply.Of<Day>(new TodayModel(await desk.Tell(dealer, visit.Admitted, cancellation)), TodayWords.Today);
    }
}
