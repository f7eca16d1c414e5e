using Azure.Messaging.ServiceBus;
using Club.Kernel;

namespace Club.Azure;

/// <summary>The club's own work on the Service Bus queue <c>work</c>: as few batches as the messages fill.</summary>
internal sealed class ServiceBusWorkQueue(ServiceBusSender sender) : IWorkQueue
{
    public const string QueueName = "work";

    public async Task Send(IReadOnlyList<string> messages, CancellationToken cancellation = default)
    {
        var batch = await sender.CreateMessageBatchAsync(cancellation);
        try
        {
            foreach (var text in messages)
            {
                var message = new ServiceBusMessage(text) { ContentType = "application/json" };
                if (batch.TryAddMessage(message)) continue;
                if (batch.Count > 0) await sender.SendMessagesAsync(batch, cancellation);
                batch.Dispose();
                batch = await sender.CreateMessageBatchAsync(cancellation);
                if (!batch.TryAddMessage(message))
                    throw new InvalidOperationException($"A work message of {text.Length} characters is larger than the queue takes.");
            }
            if (batch.Count > 0) await sender.SendMessagesAsync(batch, cancellation);
        }
        finally
        {
            batch.Dispose();
        }
    }
}
