using Amqp;
using Amqp.Listener;

namespace Club.Local.Amqp;

/// <summary>A message larger than the queue takes; not decoded.</summary>
internal sealed class OversizeMessage : Message;

/// <summary>A message that is not AMQP inside.</summary>
internal sealed class MalformedMessage : Message;

/// <summary>AMQPNetLite's container, but for this: the size of a message is known only here, and a malformed one need not end the connection.</summary>
internal sealed class QueueContainer : ContainerHost, IContainer
{
    /// <summary>Of one message, and of a batch: Service Bus Standard.</summary>
    public const int LargestMessage = 256 * 1024;

    public QueueContainer(SocketAcceptor acceptor, ILinkProcessor links) : base(new Address("localhost", 1, scheme: SocketAcceptor.Scheme))
    {
        CustomTransports.Add(SocketAcceptor.Scheme, acceptor);
        AddressResolver = static (_, _) => "";
        RegisterLinkProcessor(links);
        Listeners[0].AMQP.MaxFrameSize = 64 * 1024;
        Listeners[0].AMQP.IdleTimeout = 240_000;
    }

    Message IContainer.CreateMessage(ByteBuffer buffer)
    {
        if (buffer.Length > LargestMessage) return new OversizeMessage();
        try
        {
            return Message.Decode(buffer);
        }
        catch (Exception)
        {
            return new MalformedMessage();
        }
    }
}
