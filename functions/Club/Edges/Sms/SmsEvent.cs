using Club.Kernel;
using Club.Messaging;

namespace Club.Edges.Sms;

/// <summary>Something Event Grid tells about text messages. Delivered at least once: <see cref="EventId"/> is the key to know it
/// by.</summary>
public abstract record SmsEvent(string EventId)
{
    /// <summary>Event Grid asks whether this address wants its events: answer 200 with <c>{"validationResponse": code}</c> within 30
    /// seconds.</summary>
    public sealed record SubscriptionValidation(string EventId, string ValidationCode) : SmsEvent(EventId);

    /// <param name="To">E.164 where the event has an international number.</param>
    /// <param name="Status">The provider's word; see <see cref="Outcome"/>.</param>
    /// <param name="Details">At most <see cref="MaxDetails"/> characters.</param>
    /// <param name="Tag">What <see cref="SmsMessage.Tag"/> was.</param>
    public sealed record DeliveryReport(string EventId, string MessageId, string To, string Status, string? Details, string? Tag,
        DateTimeOffset? ReceivedAt) : SmsEvent(EventId)
    {
        public const int MaxDetails = 200;

        /// <summary>Only the last word counts; that a message is on its way, or a word that nobody knows yet, tells nothing.</summary>
        public DeliveryOutcome Outcome => Status.ToUpperInvariant() switch
        {
            "DELIVERED" => DeliveryOutcome.Delivered,
            "FAILED" or "UNDELIVERED" or "UNDELIVERABLE" or "REJECTED" or "EXPIRED" => DeliveryOutcome.Failed,
            _ => DeliveryOutcome.Unknown,
        };
    }

    /// <param name="From">E.164 where the event has an international number.</param>
    public sealed record Received(string EventId, string From, string Text, DateTimeOffset? ReceivedAt) : SmsEvent(EventId);

    /// <summary>The kind and the id only, so that logs stay free of numbers and texts.</summary>
    public sealed override string ToString() => $"{GetType().Name} {EventId}";
}

/// <summary>What a delivery report says in the end.</summary>
public enum DeliveryOutcome { Unknown, Delivered, Failed }

/// <param name="Ignored">How many events were of a type that the club does not use.</param>
/// <param name="Malformed">Those beside good ones that cannot be read.</param>
public sealed record SmsEvents(IReadOnlyList<SmsEvent> Events, int Ignored, IReadOnlyList<MalformedSmsEvent> Malformed)
{
    public SmsEvents(IReadOnlyList<SmsEvent> events, int ignored) : this(events, ignored, []) { }
}

public sealed record MalformedSmsEvent(string Raw, Problem Problem);
