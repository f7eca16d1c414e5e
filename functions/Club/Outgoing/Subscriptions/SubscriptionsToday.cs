using Club.Access;
using Club.Kernel;
using Club.Members;
using Club.Store;

namespace Club.Outgoing;

/// <summary>Subscriptions to which nothing goes out any more, until staff have seen to it.</summary>
internal sealed class SubscriptionsToday(IClubStore store, ClubCalendar calendar) : ITellsToday
{
    public string Name => "subscriptions";
    public int Order => 12;
    public Right Right => Right.ManageSubscriptions;

    public async Task<IReadOnlyList<TodayItem>> Tell(Caller caller, DealerId? dealer, int most, CancellationToken cancellation)
    {
        if (dealer is not null) return [];
        var items = new List<TodayItem>();
        await foreach (var document in store.FindAll(new IndexQuery(Subscription.NameIndex, "", IndexQuery.Last), cancellation))
        {
            if (document.As<Subscription>() is not { State: SubscriptionState.Disabled, Why: not DisabledWhy.Staff } one) continue;
            items.Add(new TodayItem(null, null, null, one.Id, one.DisabledAt is { } at ? calendar.DateOf(at) : null, true,
                NextStep.Check, one.Id));
            if (items.Count == most) break;
        }
        return items;
    }
}
