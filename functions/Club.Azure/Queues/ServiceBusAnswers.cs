using Azure.Messaging.ServiceBus;
using Club.Spending;

namespace Club.Azure;

/// <summary>Answers on the Service Bus queue <c>answers</c>, from which partners receive.</summary>
internal sealed class ServiceBusAnswers(ServiceBusSender sender) : IAnswers
{
    public const string QueueName = "answers";

    public Task Send(Answer answer, CancellationToken cancellation) => sender.SendMessageAsync(
        new ServiceBusMessage(answer.Json) { MessageId = answer.Id, ContentType = "application/cloudevents+json" }, cancellation);
}
