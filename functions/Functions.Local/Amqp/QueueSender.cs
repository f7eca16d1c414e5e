using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Functions.Local.Queue;

namespace Functions.Local.Amqp;

/// <summary>A client's sending link: what arrives is accepted once it is on disk.</summary>
internal sealed partial class QueueSender(
    QueueClient client, DurableQueue queue, QueueClaims claim, QueueRefusals refusals, ILogger log)
{
    /// <summary>What Service Bus says when a client should try again.</summary>
    private const string ServerBusy = "com.microsoft:server-busy";

    /// <summary>What Service Bus says when trying again is no use.</summary>
    private const string WrongArgument = "com.microsoft:argument-error";

    public void OnMessage(ListenerLink link, Message message, DeliveryState state, object context)
    {
        if (client.With(queue.Name, claim) is not { } key)
        {
            refusals.Count(QueueStage.AfterSasl, client.Transport.Address, "its token has expired");
            Refuse(link, message, ErrorCode.UnauthorizedAccess, "The token has expired.");
            return;
        }

        switch (message)
        {
            case OversizeMessage:
                Refuse(link, message, ErrorCode.MessageSizeExceeded,
                    $"A message or batch has at most {QueueContainer.LargestMessage} bytes.");
                break;
            case MalformedMessage:
                Refuse(link, message, WrongArgument, "It is no AMQP message.");
                break;
            default:
                var (messages, refusal) = Bodies.Read(message);
                if (refusal is null) _ = Keep(link, message, [.. messages.Select(m => m with { SentWith = key.Name })]);
                else Refuse(link, message, WrongArgument, refusal);
                break;
        }
    }

    private async Task Keep(ListenerLink link, Message message, IReadOnlyList<NewMessage> messages)
    {
        var bytes = messages.Sum(m => m.Body.Length * 2);
        client.Transport.Hold(bytes);
        try
        {
            await queue.Append(messages);
            Settle(link, message, new Accepted());
        }
        catch (Exception e)
        {
            Log.NotKept(log, queue.Name, e);
            Refuse(link, message, ServerBusy, "The message could not be kept. Try again.");
        }
        finally
        {
            client.Transport.Release(bytes);
        }
    }

    private static void Refuse(ListenerLink link, Message message, string condition, string why) =>
        Settle(link, message, new Rejected { Error = new Error(condition) { Description = why } });

    private static void Settle(ListenerLink link, Message message, DeliveryState outcome)
    {
        try
        {
            link.DisposeMessage(message, outcome, true);
            message.Dispose();
        }
        catch (Exception e) when (e is AmqpException or ObjectDisposedException)
        {
            // The client has gone without learning the outcome; it sends again.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A message to {Queue} could not be kept; its sender was told to try again")]
        public static partial void NotKept(ILogger logger, string queue, Exception exception);
    }
}
