using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Transactions;
using Functions.Local.Queue;
using Functions.Local.Topic;

namespace Functions.Local.Amqp;

/// <summary>Decides on every link that a client wants: the <c>$cbs</c> pair, where tokens are shown, senders to known queues, and
/// receivers from the topic's subscriptions.</summary>
internal sealed class QueueLinks(QueueKeys keys, DurableQueues queues, DurableTopic topic, QueueRefusals refusals, ILogger log)
{
    private readonly ReceivingLinks _receiving = new(log);

    /// <summary>How many deliveries a sender may have under way.</summary>
    private const int Credit = 200;

    /// <returns>False when the link is answered later.</returns>
    /// <exception cref="AmqpException">The link is refused; the library says so to the client.</exception>
    public bool Attach(ListenerLink link, Attach attach)
    {
        var client = Client(link);
        var address = link.Role ? (attach.Target as Target)?.Address : (attach.Source as Source)?.Address;
        if (attach.Target is not Coordinator && SubscriptionPath.Of(address, topic) is { } path)
            return AttachSubscription(link, attach, client, path);
        if (Unoffered(link, attach, address) is { } reason) throw Refuse(client, ErrorCode.NotImplemented, reason);
        if (!link.Role) AttachReplies(link, attach, client);
        else if (address is null) throw Refuse(client, ErrorCode.InvalidField, "The link has no target address.");
        else if (address == Cbs.Address) link.InitializeReceiver(Credit, new CbsRequests(client, keys, refusals).OnMessage, null);
        else AttachSender(link, attach, client, QueueAddress.Path(address));
        return true;
    }

    private bool AttachSubscription(ListenerLink link, Attach attach, QueueClient client, SubscriptionPath path)
    {
        if (client.With(path.Claimed, QueueClaims.Listen) is null)
            throw Refuse(client, ErrorCode.UnauthorizedAccess,
                $"A token with the claim {QueueClaims.Listen} is required for '{path.Path}'.");
        return path.Outlet is not null ? _receiving.Attach(link, attach, client, path)
            : throw Refuse(client, ErrorCode.NotFound, $"There is no subscription '{path.Path}'.");
    }

    /// <summary>What this host never does. Clients take the condition for final; others they would try again for seconds.</summary>
    private static string? Unoffered(ListenerLink link, Attach attach, string? address)
    {
        if (address?.EndsWith("/$management", StringComparison.OrdinalIgnoreCase) == true)
            return "This host answers no management requests: to peek, to schedule or cancel by request, to renew or to change rules. A message may carry its scheduled enqueue time.";
        if (attach.Target is Coordinator) return "This host has no transactions: a batch is kept as a whole or not at all.";
        return link.Role || address == Cbs.Address ? null : "Messages of queues are received by the host's functions only.";
    }

    private void AttachSender(ListenerLink link, Attach attach, QueueClient client, string name)
    {
        var claim = QueueKey.ClaimFor(name, queues.Standing);
        if (client.With(name, claim) is null)
            throw Refuse(client, ErrorCode.UnauthorizedAccess, $"A token with the claim {claim} is required for '{name}'.");
        if (queues.Find(name) is not { } queue) throw Refuse(client, ErrorCode.NotFound, $"There is no queue '{name}'.");
        attach.MaxMessageSize = QueueContainer.LargestMessage;
        link.InitializeReceiver(Credit, new QueueSender(client, queue, claim, refusals, log).OnMessage, null);
        client.Attach();
    }

    private static void AttachReplies(ListenerLink link, Attach attach, QueueClient client)
    {
        var replies = new ReplyLink(link, (attach.Target as Target)?.Address);
        client.Replies.Add(replies);
        link.AddClosedCallback((_, _) => client.Replies.Remove(replies));
        link.InitializeSender((credit, _, _) => replies.Grow(credit), static (_, _, _, _) => { }, null);
    }

    private AmqpException Refuse(QueueClient client, string condition, string why)
    {
        refusals.Count(client.IsStranger ? QueueStage.Token : QueueStage.AfterSasl, client.Transport.Address,
            $"its link ended with {condition}");
        return new AmqpException(new Error(condition) { Description = why });
    }

    private static QueueClient Client(ListenerLink link) =>
        ((ClientPrincipal)((ListenerConnection)link.Session.Connection).Principal).Client;
}
