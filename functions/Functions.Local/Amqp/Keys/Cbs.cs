using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace Functions.Local.Amqp;

/// <summary>Claims-based security: a client puts its token to <c>$cbs</c> and is answered on a link of its own.</summary>
internal static class Cbs
{
    public const string Address = "$cbs";
    public const int Accepted = 202;
    public const int BadRequest = 400;
    public const int Unauthorized = 401;
}

internal sealed class CbsRequests(QueueClient client, QueueKeys keys, QueueRefusals refusals)
{
    public void OnMessage(ListenerLink link, Message request, DeliveryState state, object context)
    {
        var (status, description) = Answer(request);
        if (Replies(request) is not { } replies)
        {
            link.DisposeMessage(request,
                new Rejected { Error = new Error(ErrorCode.NotFound) { Description = "There is no link to reply on." } }, true);
            return;
        }

        var reply = new Message
        {
            Properties = new Properties(),
            ApplicationProperties = new ApplicationProperties { Map = { ["status-code"] = status, ["status-description"] = description } },
            BodySection = new AmqpValue { Value = null },
        };
        if (request.Properties?.GetMessageId() is { } id) reply.Properties.SetCorrelationId(id);
        link.DisposeMessage(request, new Accepted(), true);
        replies.Send(reply);
    }

    private (int Status, string Description) Answer(Message request)
    {
        if (request.ApplicationProperties?.Map["operation"] as string != "put-token" || request.Body is not string token)
            return (Cbs.BadRequest, "Only put-token with a text body is answered.");
        if (keys.Check(token, TimeProvider.System.GetUtcNow()) is not { } grant)
        {
            refusals.Count(client.IsStranger ? QueueStage.Token : QueueStage.AfterSasl, client.Transport.Address,
                "the token that it showed is not valid");
            return (Cbs.Unauthorized, "The token is not valid: its key name, its signature or its expiry.");
        }

        client.Admit(grant);
        return (Cbs.Accepted, "Accepted");
    }

    /// <summary>Clients name the link in reply-to; some put that name in its target address, some leave that empty.</summary>
    private ReplyLink? Replies(Message request) => client.RepliesTo(request) ?? client.Replies.LastOrDefault();
}
