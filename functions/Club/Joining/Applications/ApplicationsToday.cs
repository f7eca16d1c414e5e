using Club.Access;
using Club.Kernel;
using Club.Members;

namespace Club.Joining;

/// <summary>Whoever waits to become a member.</summary>
internal sealed class ApplicationsToday(Applications applications) : ITellsToday
{
    public string Name => "applications";
    public int Order => 20;
    public Right Right => Right.DecideApplications;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation)
    {
        var waiting = await applications.List(ApplicationState.Applied, dealer, caller, most, null, cancellation);
        return [.. waiting.Items.OrderBy(one => one.AppliedAt).Select(one =>
            new TodayItem(null, one.Name, one.Phone, one.Note, one.LapsesOn, false, NextStep.Decide, one.ApplicationId))];
    }
}
