using Azure.Messaging.ServiceBus;
using Club.Kernel;

namespace Club.Azure;

/// <summary>The dead-letter queues beside the club's queues on Service Bus.</summary>
internal sealed class ServiceBusDeadLetters(ServiceBusClient client) : IDeadLetters
{
    /// <summary>Service Bus gives dead letters out in their order only: so many are held until the wanted one has come.</summary>
    private const int MostHeld = 2000;

    private const int AtOnce = 200;
    private const int MostOfId = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyList<DeadMessage>> After(string queue, long number, int limit, CancellationToken cancellation = default)
    {
        await using var receiver = Open(queue);
        var found = new List<DeadMessage>();
        for (var from = number + 1; found.Count < limit; from = found[^1].Number + 1)
        {
            var peeked = await receiver.PeekMessagesAsync(limit - found.Count, from, cancellation);
            if (peeked.Count == 0) break;
            found.AddRange(peeked.Select(Read));
        }
        return found;
    }

    public Task<Taking> Resend(string queue, long number, CancellationToken cancellation = default) =>
        Take(queue, number, (wanted, receiver) => Move(wanted, queue, receiver), cancellation);

    public Task<Taking> Drop(string queue, long number, CancellationToken cancellation = default) =>
        Take(queue, number, (wanted, receiver) => receiver.CompleteMessageAsync(wanted), cancellation);

    private async Task<Taking> Take(string queue, long number, Func<ServiceBusReceivedMessage, ServiceBusReceiver, Task> act,
        CancellationToken cancellation)
    {
        await using var receiver = Open(queue);
        if ((await receiver.PeekMessageAsync(number, cancellation))?.SequenceNumber != number) return Taking.Unknown;
        var others = new List<ServiceBusReceivedMessage>();
        try
        {
            while (others.Count < MostHeld)
            {
                var received = await receiver.ReceiveMessagesAsync(AtOnce, Patience, cancellation);
                if (received.Count == 0) return Taking.Busy;
                others.AddRange(received.Where(message => message.SequenceNumber != number));
                if (received.FirstOrDefault(message => message.SequenceNumber == number) is not { } wanted) continue;
                await act(wanted, receiver);
                return Taking.Taken;
            }
            return Taking.Busy;
        }
        finally
        {
            await Task.WhenAll(others.Select(message => GiveBack(message, receiver)));
        }
    }

    /// <summary>Sent first: a fault between leaves it twice, which booking does not mind. Whoever asked may have gone meanwhile.</summary>
    private async Task Move(ServiceBusReceivedMessage dead, string queue, ServiceBusReceiver receiver)
    {
        await using var sender = client.CreateSender(queue);
        await sender.SendMessageAsync(new ServiceBusMessage(dead) { MessageId = NewId(dead) });
        await receiver.CompleteMessageAsync(dead);
    }

    /// <summary>The queue drops what has the id of a message of the last minutes, and so must not have the dead one's; sent twice after a
    /// fault it is dropped, rightly.</summary>
    private static string NewId(ServiceBusReceivedMessage dead)
    {
        var before = (dead.MessageId ?? "").Split('~')[0];
        return FormattableString.Invariant($"{(before.Length <= MostOfId ? before : before[..MostOfId])}~{dead.SequenceNumber}");
    }

    /// <summary>What cannot be given back comes back by itself when its lock ends.</summary>
    private static async Task GiveBack(ServiceBusReceivedMessage message, ServiceBusReceiver receiver)
    {
        try
        {
            await receiver.AbandonMessageAsync(message);
        }
        catch (ServiceBusException)
        {
        }
    }

    private ServiceBusReceiver Open(string queue) =>
        client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    private static DeadMessage Read(ServiceBusReceivedMessage message) => new(message.SequenceNumber, message.MessageId ?? "",
        message.EnqueuedTime, DiedAt: null, message.DeliveryCount, Reason(message), Text(message));

    private static string Reason(ServiceBusReceivedMessage message) =>
        string.Join(": ", new[] { message.DeadLetterReason, message.DeadLetterErrorDescription }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>Of what carries no bytes, but a value of AMQP's own, nothing is read.</summary>
    private static string Text(ServiceBusReceivedMessage message) =>
        message.GetRawAmqpMessage().Body.TryGetData(out _) ? message.Body.ToString() : "";
}
