using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Club.Local.Queue;
using Microsoft.Extensions.Logging;

namespace Club.Local.Amqp;

/// <summary>A client's sending link: what arrives is accepted once it is on disk.</summary>
internal sealed partial class QueueSender(QueueClient client, DurableQueue queue, ILogger log) : LinkEndpoint
{
    /// <summary>What Service Bus says when a client should try again.</summary>
    private const string ServerBusy = "com.microsoft:server-busy";

    /// <summary>What Service Bus says when trying again is no use.</summary>
    private const string WrongArgument = "com.microsoft:argument-error";

    public override void OnMessage(MessageContext messageContext)
    {
        if (!client.MaySend(queue.Name))
        {
            messageContext.Complete(new Error(ErrorCode.UnauthorizedAccess) { Description = "The token has expired." });
            return;
        }

        switch (messageContext.Message)
        {
            case OversizeMessage:
                messageContext.Complete(new Error(ErrorCode.MessageSizeExceeded) { Description = $"A message or batch has at most {QueueContainer.LargestMessage} bytes." });
                break;
            case MalformedMessage:
                messageContext.Complete(new Error(WrongArgument) { Description = "It is no AMQP message." });
                break;
            case var message:
                var (messages, refusal) = Bodies.Read(message);
                if (refusal is null) _ = Keep(messageContext, messages);
                else messageContext.Complete(new Error(WrongArgument) { Description = refusal });
                break;
        }
    }

    public override void OnFlow(FlowContext flowContext) { }

    public override void OnDisposition(DispositionContext dispositionContext) { }

    private async Task Keep(MessageContext context, IReadOnlyList<NewMessage> messages)
    {
        Error? refused = null;
        try
        {
            await queue.Append(messages);
        }
        catch (Exception e)
        {
            Log.NotKept(log, queue.Name, e);
            refused = new Error(ServerBusy) { Description = "The message could not be kept. Try again." };
        }

        try
        {
            if (refused is null) context.Complete();
            else context.Complete(refused);
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
