namespace Club.Local.Queue;

/// <summary>What a sender hands in. Without an id the queue makes one.</summary>
internal readonly record struct NewMessage(string Body, string? MessageId = null);

/// <summary>A message that is kept until it is completed or dead-lettered.</summary>
internal sealed class QueueMessage(long id, string messageId, string body, DateTime enqueuedUtc, int deliveries)
{
    public long Id { get; } = id;
    public string MessageId { get; } = messageId;
    public string Body { get; } = body;
    public DateTime EnqueuedUtc { get; } = enqueuedUtc;

    /// <summary>How often it was handed to a function, this time included.</summary>
    public int Deliveries { get; set; } = deliveries;
}
