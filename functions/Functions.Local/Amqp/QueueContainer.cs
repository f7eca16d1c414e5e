using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace Functions.Local.Amqp;

/// <summary>A message larger than the queue takes; not decoded.</summary>
internal sealed class OversizeMessage : Message;

/// <summary>A message that is not AMQP inside.</summary>
internal sealed class MalformedMessage : Message;

/// <summary>
/// AMQPNetLite's container, but for this: the size of a message is known only here, a malformed one need not end the connection, and links
/// are not gathered in a list that those of a connection that broke never leave.
/// </summary>
internal sealed class QueueContainer : ContainerHost, IContainer
{
    /// <summary>Of one message, and of a batch: Service Bus Standard.</summary>
    public const int LargestMessage = 256 * 1024;

    public const int LargestFrame = 64 * 1024;

    private readonly QueueLinks _links;

    public QueueContainer(SocketAcceptor acceptor, QueueLinks links) : base(new Address("localhost", 1, scheme: SocketAcceptor.Scheme))
    {
        _links = links;
        CustomTransports.Add(SocketAcceptor.Scheme, acceptor);
        Listeners[0].HandlerFactory = static _ => new LetterTags();
        Listeners[0].AMQP.MaxFrameSize = LargestFrame;
        Listeners[0].AMQP.MaxLinksPerSession = 64;
        Listeners[0].AMQP.IdleTimeout = 240_000;
    }

    Message IContainer.CreateMessage(ByteBuffer buffer) =>
        buffer.Length > LargestMessage ? new OversizeMessage() : Wire.Decode(buffer) ?? new MalformedMessage();

    Link IContainer.CreateLink(ListenerConnection connection, ListenerSession session, Attach attach) => new ListenerLink(session, attach);

    bool IContainer.AttachLink(ListenerConnection connection, ListenerSession session, Link link, Attach attach) =>
        _links.Attach((ListenerLink)link, attach);
}
