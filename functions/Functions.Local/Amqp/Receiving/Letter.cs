using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;
using Amqp.Types;
using Functions.Local.Topic;
using EventId = Amqp.Handler.EventId;

namespace Functions.Local.Amqp;

/// <summary>A message on its way to a receiver.</summary>
internal sealed class Letter : Message
{
    private Letter()
    {
    }

    /// <summary>By which its receiver settles it. Empty for one that is only looked at.</summary>
    public Guid Token { get; private init; }

    public int Characters { get; private init; }

    public static Letter Locked(Held held, ShelfRow row, DateTime lockedUntilUtc) =>
        Of(row, held.Token, held.Deliveries, lockedUntilUtc);

    public static Letter Peeked(ShelfRow row) => Of(row, Guid.Empty, (int)Math.Clamp(row.Row.Deliveries, 0, int.MaxValue - 1) + 1, null);

    private static Letter Of(ShelfRow row, Guid token, int deliveries, DateTime? lockedUntilUtc)
    {
        var (message, moment) = (row.Message, row.Row.ToMessage(DateTime.UnixEpoch).EnqueuedUtc);
        var annotations = new MessageAnnotations
        {
            Map =
            {
                [new Symbol("x-opt-sequence-number")] = row.Row.Id,
                [new Symbol("x-opt-enqueue-sequence-number")] = row.Row.Id,
                [new Symbol("x-opt-enqueued-time")] = moment,
            },
        };
        if (lockedUntilUtc is { } until) annotations.Map[new Symbol("x-opt-locked-until")] = until;
        return new Letter
        {
            Token = token,
            Characters = row.Row.Body.Length,
            Header = new Header { Durable = true, DeliveryCount = (uint)(deliveries - 1) },
            MessageAnnotations = annotations,
            Properties = new Properties
            {
                MessageId = message.Id, GroupId = Text(message.Session), Subject = Text(message.Subject),
                ContentType = Text(message.ContentType) is { } type ? new Symbol(type) : null,
            },
            ApplicationProperties = row.Reason is { } reason ? Why(reason) : null,
            BodySection = new Data { Binary = Encoding.UTF8.GetBytes(message.Body) },
        };
    }

    private static string? Text(string text) => text.Length == 0 ? null : text;

    /// <summary>The reason stands in the first line, what describes it below.</summary>
    private static ApplicationProperties Why(string reason)
    {
        var parts = reason.Split('\n', 2);
        var properties = new ApplicationProperties { Map = { ["DeadLetterReason"] = parts[0] } };
        if (parts.Length > 1) properties.Map["DeadLetterErrorDescription"] = parts[1];
        return properties;
    }
}

/// <summary>Makes the lock's token the tag of the delivery: by that clients settle.</summary>
internal sealed class LetterTags : IHandler
{
    public bool CanHandle(EventId id) => id == EventId.SendDelivery;

    public void Handle(Event protocolEvent)
    {
        // The library asks for arriving deliveries, too.
        if (protocolEvent.Id == EventId.SendDelivery && protocolEvent.Context is IDelivery { Message: Letter letter } delivery)
            delivery.Tag = letter.Token.ToByteArray();
    }
}
