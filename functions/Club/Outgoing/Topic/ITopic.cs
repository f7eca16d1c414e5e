namespace Club.Outgoing;

/// <summary>An event as it goes to a topic.</summary>
/// <param name="Id">The id of the message too, so that a topic with duplicate detection keeps one.</param>
/// <param name="Member">The session, by which a topic keeps the order of a member's events.</param>
/// <param name="Json">The CloudEvent, UTF-8.</param>
public sealed record TopicEvent(string Id, string Type, string Member, byte[] Json);

/// <summary>A Service Bus topic to which every event goes. A port: a host that has one registers it.</summary>
public interface ITopic
{
    /// <summary>Returns when all are kept durably, in their order. Throws when they could not be; they are sent again then.</summary>
    Task Send(IReadOnlyList<TopicEvent> events, CancellationToken cancellation);
}
