using Club.Access;
using Club.Kernel;

namespace Club.Members;

/// <summary>Complaints that nobody has answered yet, the most urgent first.</summary>
internal sealed class ComplaintsToday(ComplaintLog complaints) : ITellsToday
{
    public string Name => "complaints";
    public int Order => 10;
    public Right Right => Right.ReadComplaints;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation)
    {
        var pressing = await complaints.Pressing(dealer, caller, most, cancellation);
        return [.. pressing.Select(one =>
            new TodayItem(one.MemberId, null, null, one.Subject, one.DueOn, one.Overdue, NextStep.Answer, one.Id))];
    }
}
