using Club.Care;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;

namespace Club.Desk.Rooms.Calls;

public sealed record CallsModel(PageOf<CallView> Found, CallState State, Said? Done, Problem? Problem) : IShowsMembers
{
    public IEnumerable<MemberId> Members => Found.Items.Select(one => one.MemberId).Distinct();
}

/// <summary>Those to be called up to a day.</summary>
public sealed class CallsPage(CareCalls calls) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        var state = Enum.TryParse<CallState>(visit.Asked("state"), ignoreCase: true, out var named) && Enum.IsDefined(named) ? named
            : CallState.Open;
        DealerId? dealer = visit.Asked("dealerId") is { } code ? new DealerId(code) : null;
        var on = CallDay.Read(visit.Asked("on"));
        var found = await Paging.Find(visit, (limit, continuation) =>
            calls.List(state, dealer, on.Succeeded ? on.Value : null, visit.Admitted, limit, continuation, cancellation,
                visit.Asked("advisor") is { Length: > 0 } advisor ? advisor : null));
        return Reply.Of<CallList>(new CallsModel(found, state, visit.Asked("done") switch
            {
                "taken" => CallsWords.Taken,
                "given" => CallsWords.Given,
                _ => null,
            }, on.Problem),
            CallsWords.Calls);
    }
}
