using Functions.Local.Topic;

namespace Functions.Local.Amqp;

/// <summary>What a client calls a subscription: <c>topic/Subscriptions/name</c>, with <c>/$DeadLetterQueue</c> for its dead letters and
/// <c>/$management</c> for requests.</summary>
/// <param name="Path">Without the part for requests.</param>
/// <param name="Outlet">Null: there is no such subscription.</param>
internal sealed record SubscriptionPath(string Path, Outlet? Outlet, bool IsForRequests)
{
    private const string Requests = "/$management";

    /// <summary>What a token must cover: one for the requests alone is enough for those.</summary>
    public string Claimed => IsForRequests ? Path + Requests : Path;

    /// <summary>Null when it is not about a subscription of the topic.</summary>
    public static SubscriptionPath? Of(string? address, DurableTopic topic)
    {
        if (address is null || topic.Name is null) return null;
        var path = QueueAddress.Path(address);
        var isForRequests = path.EndsWith(Requests, StringComparison.OrdinalIgnoreCase);
        if (isForRequests) path = path[..^Requests.Length];
        if (path.Split('/') is not [var name, var subscriptions, var subscription, .. var rest] || rest.Length > 1
            || !Is(name, topic.Name) || !Is(subscriptions, "Subscriptions"))
            return null;
        var found = topic.Find(subscription);
        var outlet = rest is not [var part] ? found?.Messages : Is(part, Subscription.DeadPath) ? found?.Dead : null;
        return new SubscriptionPath(path, outlet, isForRequests);
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
