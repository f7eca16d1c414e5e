using Club.Care;
using Club.Referrals;

namespace Club.Local.Sample;

/// <summary>Whoever is to be called is called, and owners of older cars are asked for another.</summary>
internal sealed class SampleCalls(CareCalls calls, RepurchaseDesk repurchases) : ISampleDesk
{
    private const int MostADay = 200, ToBeMade = 4;
    private const double Called = 0.3;

    private static readonly (CallResult Result, string Note)[] Results =
    [
        (CallResult.Reached, "下月回店"), (CallResult.Booked, "已预约保养"), (CallResult.NoAnswer, ""), (CallResult.NoAnswer, ""),
        (CallResult.Reached, "已在外地保养"), (CallResult.WrongNumber, ""), (CallResult.Booked, "周末到店"), (CallResult.DoNotCall, ""),
    ];

    public async Task Work(SampleStaff staff)
    {
        // The last days' are still to be made when somebody opens the club.
        if (!staff.IsOneOfTheLast(ToBeMade)) await Call(staff);
        if (staff.Options.Programme.Repurchase is not null && staff.Today.DayOfWeek == DayOfWeek.Tuesday) await Ask(staff);
    }

    private async Task Call(SampleStaff staff)
    {
        var (open, _) = await calls.List(CallState.Open, null, staff.Today, SampleStaff.Care, MostADay, null, default);
        foreach (var call in open)
        {
            if (!staff.Random.Happens(Called)) continue;
            var (result, note) = staff.Random.Of(Results);
            var next = result == CallResult.NoAnswer && staff.Today.AddDays(3) <= call.Until ? staff.Today.AddDays(3) : (DateOnly?)null;
            await staff.Act("TakeCall", SampleStaff.Care, call.MemberId, call.Id, caller =>
                calls.Take(call.Id, new CallRequest(result, note, next), caller, default));
        }
    }

    private async Task Ask(SampleStaff staff)
    {
        var (open, _) = await repurchases.List(RepurchaseState.Open, null, staff.Today, SampleStaff.Care, MostADay, null, default);
        foreach (var one in open)
        {
            if (!staff.Random.Happens(Called)) continue;
            var isLost = staff.Random.Happens(0.3);
            await staff.Act("FollowRepurchase", SampleStaff.Care, one.MemberId, one.RepurchaseId, caller => repurchases.FollowUp(
                one.RepurchaseId, new RepurchaseRequest(isLost ? "已购其他品牌" : "有意向，试驾后再联系", null, isLost), caller, default));
        }
    }
}
