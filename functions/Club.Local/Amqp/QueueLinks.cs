using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Transactions;
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
        if (Unoffered(attachContext.Link, attach) is { } reason)
            attachContext.Complete(new Error(ErrorCode.NotImplemented) { Description = reason });
        else if (!attachContext.Link.Role)
            AttachReplies(attachContext, client);
        else if ((attach.Target as Target)?.Address is not { } address)
            attachContext.Complete(new Error(ErrorCode.InvalidField) { Description = "The link has no target address." });
        else if (address == Cbs.Address)
            attachContext.Complete(new CbsRequests(client, keys, log), Credit);
        else
            AttachSender(attachContext, client, QueueAddress.Path(address));
    }

    /// <summary>What this host never does. Clients take the condition for final; others they would try again for seconds.</summary>
    private static string? Unoffered(ListenerLink link, Attach attach)
    {
        var address = link.Role ? (attach.Target as Target)?.Address : (attach.Source as Source)?.Address;
        if (address?.EndsWith("/$management", StringComparison.OrdinalIgnoreCase) == true)
            return "This host answers no management requests: to peek, to schedule or cancel by request, to renew or to change rules. A message may carry its scheduled enqueue time.";
        if (attach.Target is Coordinator) return "This host has no transactions: a batch is kept as a whole or not at all.";
        return link.Role || address == Cbs.Address ? null : "Messages are received by the host's functions only.";
    }

    private void AttachSender(AttachContext context, QueueClient client, string name)
    {
        if (!client.MaySend(name))
        {
            context.Complete(new Error(ErrorCode.UnauthorizedAccess) { Description = $"A token with the claim {QueueKey.ClaimFor(name)} is required for '{name}'." });
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
