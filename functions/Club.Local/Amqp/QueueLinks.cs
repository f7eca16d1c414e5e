using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Club.Local.Queue;
using Microsoft.Extensions.Logging;

namespace Club.Local.Amqp;

/// <summary>Decides on every link that a client wants: the <c>$cbs</c> pair, where tokens are shown, and senders to known queues.</summary>
internal sealed class QueueLinks(QueueKeys keys, DurableQueues queues, ILogger log) : ILinkProcessor
{
    /// <summary>How many deliveries a sender may have under way; with the largest message this bounds a link's memory.</summary>
    private const int Credit = 200;

    public void Process(AttachContext attachContext)
    {
        var client = Client(attachContext.Link);
        var attach = attachContext.Attach;
        if (!attachContext.Link.Role)
        {
            if ((attach.Source as Source)?.Address == Cbs.Address) AttachReplies(attachContext, client);
            else attachContext.Complete(new Error(ErrorCode.NotImplemented) { Description = "Messages are received by the host's functions only." });
            return;
        }

        if ((attach.Target as Target)?.Address is not { } address)
            attachContext.Complete(new Error(ErrorCode.InvalidField) { Description = "The link has no target address." });
        else if (address == Cbs.Address)
            attachContext.Complete(new CbsRequests(client, keys, log), Credit);
        else
            AttachSender(attachContext, client, QueueAddress.Path(address));
    }

    private void AttachSender(AttachContext context, QueueClient client, string name)
    {
        if (!client.MaySend(name))
        {
            context.Complete(new Error(ErrorCode.UnauthorizedAccess) { Description = $"A token with the claim Send is required for '{name}'." });
        }
        else if (queues.Find(name) is not { } queue)
        {
            context.Complete(new Error(ErrorCode.NotFound) { Description = $"There is no queue '{name}'." });
        }
        else
        {
            context.Attach.MaxMessageSize = QueueContainer.LargestMessage;
            context.Complete(new QueueSender(client, queue, log), Credit);
        }
    }

    private static void AttachReplies(AttachContext context, QueueClient client)
    {
        var replies = new CbsReplies(context.Link, (context.Attach.Target as Target)?.Address);
        client.Replies.Add(replies);
        context.Link.AddClosedCallback((_, _) => client.Replies.Remove(replies));
        context.Complete(replies, 0);
    }

    private static QueueClient Client(ListenerLink link)
    {
        var connection = (ListenerConnection)link.Session.Connection;
        if (connection.Properties.TryGetValue(nameof(QueueClient), out var known)) return (QueueClient)known;
        var client = new QueueClient();
        if (connection.Principal is GrantPrincipal principal) client.Admit(principal.Grant);
        connection.Properties[nameof(QueueClient)] = client;
        return client;
    }
}
