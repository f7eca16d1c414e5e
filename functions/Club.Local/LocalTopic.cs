using System.Text;
using Club.Outgoing;
using Functions.Local.Topic;

namespace Club.Local;

/// <summary>Events on the host's own topic: the session is the member.</summary>
internal sealed class LocalTopic(DurableTopic topic) : ITopic
{
    private const string CloudEvent = "application/cloudevents+json";

    /// <summary>The topic that the settings want; null: none. What is no name of a subscription is said when the settings are
    /// checked.</summary>
    public static TopicSetup? Setup(IConfiguration settings)
    {
        var events = settings.GetSection(OutgoingOptions.Section);
        if (events[nameof(OutgoingOptions.Topic)] is not { Length: > 0 } topic) return null;
        var subscriptions = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in events.GetSection(nameof(OutgoingOptions.TopicSubscriptions)).GetChildren())
            if (OutgoingOptions.ReadSubscription(setting.Value ?? "") is { } one) subscriptions[one.Name] = one.HasSessions;
        return new TopicSetup(topic, subscriptions);
    }

    /// <inheritdoc/>
    public Task Send(IReadOnlyList<TopicEvent> events, CancellationToken cancellation) =>
        topic.Send([.. events.Select(one => new TopicMessage(one.Id, one.Member, one.Type, CloudEvent, Encoding.UTF8.GetString(one.Json)))])
            .WaitAsync(cancellation);
}
