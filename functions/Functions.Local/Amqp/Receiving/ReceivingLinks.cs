using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;
using Functions.Local.Topic;

namespace Functions.Local.Amqp;

/// <summary>Opens links to subscriptions: of receivers, with a session or without, and of requests.</summary>
internal sealed class ReceivingLinks(ILogger log)
{
    private const string Timeout = "com.microsoft:timeout";

    private static readonly Symbol SessionFilter = "com.microsoft:session-filter";
    private static readonly Symbol LockedUntil = "com.microsoft:locked-until-utc";
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);

    /// <returns>False when the link is answered later.</returns>
    /// <exception cref="AmqpException">The link is refused.</exception>
    public bool Attach(ListenerLink link, Attach attach, QueueClient client, SubscriptionPath path)
    {
        client.Attach();
        if (path.IsForRequests) return AttachRequests(link, attach, client, path);
        if (link.Role) throw Refused(ErrorCode.NotAllowed, "Nothing is sent to a subscription.");
        var outlet = path.Outlet!;
        var filter = (attach.Source as Source)?.FilterSet;
        var wantsSession = filter?.ContainsKey(SessionFilter) == true;
        if (wantsSession != outlet.HasSessions)
            throw Refused(ErrorCode.NotAllowed, outlet.HasSessions
                ? $"'{path.Path}' is taken from by session: accept one." : $"'{path.Path}' has no sessions.");
        if (!wantsSession)
        {
            client.Transport.Receive(Begin(link, client, path, null, attach).Hear);
            return true;
        }

        if (filter![SessionFilter] is not string session)
        {
            _ = AttachNext(link, attach, client, path);
            return false;
        }

        if (outlet.Accept(session) is not { } lease)
            throw Refused("com.microsoft:session-cannot-be-locked", "Another receiver has the session.");
        client.Transport.Receive(Begin(link, client, path, lease, attach).Hear);
        return true;
    }

    private static bool AttachRequests(ListenerLink link, Attach attach, QueueClient client, SubscriptionPath path)
    {
        if (link.Role) link.InitializeReceiver(100, new SubscriptionRequests(client, path).OnMessage, null);
        else
        {
            var replies = new ReplyLink(link, (attach.Target as Target)?.Address);
            client.Replies.Add(replies);
            link.AddClosedCallback((_, _) => client.Replies.Remove(replies));
            link.InitializeSender((credit, _, _) => replies.Grow(credit), static (_, _, _, _) => { }, null);
        }

        return true;
    }

    /// <summary>As long as the client waits, and no longer: a session that is given to nobody would be kept from others.</summary>
    private async Task AttachNext(ListenerLink link, Attach attach, QueueClient client, SubscriptionPath path)
    {
        using var pending = new PendingLink(link, attach);
        client.Transport.Receive(pending.Hear, pending.Leave);
        link.AddClosedCallback((_, _) => pending.Leave());
        SessionLease? lease = null;
        try
        {
            lease = await path.Outlet!.AcceptNext(Patience(attach), pending.Gone);
            if (lease is not null && pending.TryDecide())
            {
                pending.Pass(Begin(link, client, path, lease, attach).Hear);
                link.CompleteAttach(attach, null);
                return;
            }

            pending.Refuse(Timeout, "No session has messages.");
        }
        catch (Exception e) when (e is AmqpException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The client, or the host, has gone.
        }

        if (lease is not null) path.Outlet!.Leave(lease);
    }

    private Receiver Begin(ListenerLink link, QueueClient client, SubscriptionPath path, SessionLease? lease, Attach attach)
    {
        var receiver = new Receiver(link, client, path, lease, log);
        link.AddClosedCallback((_, _) => receiver.Closed());
        link.InitializeSender(static (_, _, _) => { }, receiver.OnDisposed, null);
        if (lease is not null)
        {
            ((Source)attach.Source).FilterSet[SessionFilter] = lease.Session;
            attach.Properties ??= [];
            attach.Properties[LockedUntil] = lease.UntilUtc.Ticks;
        }

        path.Outlet!.Attach(receiver);
        return receiver;
    }

    private static TimeSpan Patience(Attach attach) =>
        attach.Properties?[new Symbol(Timeout)] is uint milliseconds && milliseconds < Usual.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds) : Usual;

    private static AmqpException Refused(string condition, string why) => new(new Error(new Symbol(condition)) { Description = why });
}
