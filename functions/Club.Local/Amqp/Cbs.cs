using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Microsoft.Extensions.Logging;

namespace Club.Local.Amqp;

/// <summary>Claims-based security: a client puts its token to <c>$cbs</c> and is answered on a link of its own.</summary>
internal static class Cbs
{
    public const string Address = "$cbs";
    public const int Accepted = 202;
    public const int BadRequest = 400;
    public const int Unauthorized = 401;
}

internal sealed partial class CbsRequests(QueueClient client, QueueKeys keys, ILogger log) : LinkEndpoint
{
    public override void OnMessage(MessageContext messageContext)
    {
        var request = messageContext.Message;
        var (status, description) = Answer(request);
        if (Replies(request) is not { } replies)
        {
            messageContext.Complete(new Error(ErrorCode.NotFound) { Description = "There is no link to reply on." });
            return;
        }

        var reply = new Message
        {
            Properties = new Properties(),
            ApplicationProperties = new ApplicationProperties { Map = { ["status-code"] = status, ["status-description"] = description } },
            BodySection = new AmqpValue { Value = null },
        };
        if (request.Properties?.GetMessageId() is { } id) reply.Properties.SetCorrelationId(id);
        messageContext.Complete();
        replies.Send(reply);
    }

    public override void OnFlow(FlowContext flowContext) { }

    public override void OnDisposition(DispositionContext dispositionContext) { }

    private (int Status, string Description) Answer(Message request)
    {
        if (request.ApplicationProperties?.Map["operation"] as string != "put-token" || request.Body is not string token)
            return (Cbs.BadRequest, "Only put-token with a text body is answered.");
        if (keys.Check(token, TimeProvider.System.GetUtcNow()) is not { } grant)
        {
            Log.Refused(log);
            return (Cbs.Unauthorized, "The token is not valid: its key name, its signature or its expiry.");
        }

        client.Admit(grant);
        return (Cbs.Accepted, "Accepted");
    }

    /// <summary>Clients name the link in reply-to; some put that name in its target address, some leave that empty.</summary>
    private CbsReplies? Replies(Message request)
    {
        var replyTo = request.Properties?.ReplyTo;
        return client.Replies.Find(replies => replies.IsFor(replyTo)) ?? client.Replies.LastOrDefault();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A queue client showed a token that is not valid")]
        public static partial void Refused(ILogger logger);
    }
}

/// <summary>The link on which a client is answered. Answers wait until the client takes them.</summary>
internal sealed class CbsReplies(ListenerLink link, string? address) : LinkEndpoint
{
    private const int MostWaiting = 100;

    private readonly Queue<Message> _waiting = new();
    private int _credit;

    public bool IsFor(string? replyTo) => replyTo is not null && (replyTo == link.Name || replyTo == address);

    public void Send(Message reply)
    {
        if (_waiting.Count < MostWaiting) _waiting.Enqueue(reply);
        Flush();
    }

    public override void OnFlow(FlowContext flowContext)
    {
        _credit += flowContext.Messages;
        Flush();
    }

    public override void OnDisposition(DispositionContext dispositionContext) { }

    private void Flush()
    {
        while (_credit > 0 && _waiting.TryDequeue(out var reply))
        {
            _credit--;
            link.SendMessage(reply);
        }
    }
}
