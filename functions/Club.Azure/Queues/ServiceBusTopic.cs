using Azure.Messaging.ServiceBus;
using Club.Outgoing;

namespace Club.Azure;

/// <summary>Events on a Service Bus topic: the session is the member, so that a subscription with sessions keeps her order.</summary>
internal sealed class ServiceBusTopic(ServiceBusSender sender) : ITopic
{
    public async Task Send(IReadOnlyList<TopicEvent> events, CancellationToken cancellation)
    {
        for (var sent = 0; sent < events.Count;)
        {
            using var batch = await sender.CreateMessageBatchAsync(cancellation);
            var from = sent;
            while (sent < events.Count && batch.TryAddMessage(Message(events[sent]))) sent++;
            if (sent == from) throw new InvalidOperationException($"Event {events[sent].Id} is larger than a message may be.");
            await sender.SendMessagesAsync(batch, cancellation);
        }
    }

    private static ServiceBusMessage Message(TopicEvent one) => new(one.Json)
    {
        MessageId = one.Id, SessionId = one.Member, Subject = one.Type, ContentType = "application/cloudevents+json",
    };
}
