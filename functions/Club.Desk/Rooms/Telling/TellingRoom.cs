using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Telling;

/// <summary>Events out 事件推送: who is told of what happens, and what became of each delivery.</summary>
public sealed class TellingRoom : Room
{
    public const string Address = "subscriptions";

    public override string Path => Address;
    public override Said Title => TellingWords.Subscriptions;
    public override Right Right => Right.ManageSubscriptions;
    public override int Order => 38;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<SubscriptionsPage>("", Right.ManageSubscriptions),
        Route.Form<SaveSubscription>("", Right.ManageSubscriptions),
        Route.Page<SubscriptionPage>("{id}", Right.ManageSubscriptions),
        Route.Form<StepSubscription>("{id}/{step}", Right.ManageSubscriptions),
        Route.Form<SendEventAgain>("{id}/deliveries/{event}/resend", Right.ManageSubscriptions),
    ];
}
