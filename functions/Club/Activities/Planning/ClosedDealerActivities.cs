using Club.Access;
using Club.Dealers;
using Club.Kernel;
using Club.Store;

namespace Club.Activities;

/// <summary>What a dealer that closes had planned for later is cancelled; what is over by then is still closed, with what it
/// cost.</summary>
internal sealed class ClosedDealerActivities(IClubStore store, ActivityPlans plans, ClubCalendar calendar) : IEndsWithDealer
{
    private const int PerPage = 100;

    public async Task End(DealerId dealer, DealerClosing closing, CancellationToken cancellation)
    {
        var (step, by) = (new ActivityStep(ActivityState.Cancelled, closing.Reason), Caller.OperatorAs(closing.Author));
        // Somebody may have ended one at this moment: it stays as it was ended.
        foreach (var code in await Planned(dealer, closing.On, cancellation)) await plans.Go(code, step, by, cancellation);
    }

    /// <summary>All of them before the first is changed.</summary>
    private async Task<IReadOnlyList<string>> Planned(DealerId dealer, DateOnly closedOn, CancellationToken cancellation)
    {
        var planned = new List<string>();
        var query = IndexQuery.Equal(ClubActivity.DealerIndex, dealer) with { Limit = PerPage };
        await foreach (var document in store.FindAll(query, cancellation))
            if (document.As<ClubActivity>() is { State: not (ActivityState.Closed or ActivityState.Cancelled) } one
                && (one.State != ActivityState.Open || closedOn <= calendar.DateOf(one.Until)))
                planned.Add(one.Code);
        return planned;
    }
}
