using Club.Kernel;
using Club.Transactions;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>The two queues. An exception gives the messages back to the queue.</summary>
public sealed class QueueFunctions(Accrue accrue, Running.Work work, SentWith sentWith)
{
    [Function("Transactions")]
    public Task Transactions([ServiceBusTrigger("transactions", Connection = "ServiceBus", IsBatched = true)] string[] messages,
        CancellationToken cancellation) =>
        accrue.Handle(messages, sentWith.Keys, cancellation);

    [Function("Work")]
    public Task Work([ServiceBusTrigger("work", Connection = "ServiceBus")] string message, CancellationToken cancellation) =>
        work.Handle(message, cancellation);
}
