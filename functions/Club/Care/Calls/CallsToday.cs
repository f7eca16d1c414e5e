using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Members;

namespace Club.Care;

/// <summary>Whom to call today.</summary>
internal sealed class CallsToday(CareCalls calls) : ITellsToday
{
    public string Name => "calls";
    public int Order => 25;
    public Right Right => Right.ReadCalls;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation)
    {
        var open = await calls.List(CallState.Open, dealer, null, caller, most, null, cancellation);
        // What another advisor has taken on is not hers to do.
        var hers = open.Items.Where(one => CallAdvisors.MayAssign(caller) || one.Advisor is null || one.Advisor == caller.Name);
        return [.. hers.Select(one => new TodayItem(one.MemberId, one.Name,
            one.Phone is { } phone && PhoneNumber.Parse(phone) is { Succeeded: true, Value: var number } ? number.Masked : one.Phone,
            one.Occasion.Split(':')[0], one.Until, false, NextStep.Call, one.Id))];
    }
}
