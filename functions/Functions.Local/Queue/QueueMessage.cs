namespace Functions.Local.Queue;

/// <summary>What a sender hands in. Without an id the queue makes one.</summary>
internal readonly record struct NewMessage(string Body, string? MessageId = null)
{
    /// <summary>When it is to be handed out at the earliest; null, or a moment that has passed: at once.</summary>
    public DateTime? ScheduledUtc { get; init; }

    /// <summary>The name of the queue key with which it was sent; null for what the host itself hands in.</summary>
    public string? SentWith { get; init; }
}

/// <summary>A message that is kept until it is completed or dead-lettered.</summary>
internal sealed class QueueMessage(long id, string messageId, string body, DateTime enqueuedUtc, int deliveries, string? sentWith = null)
{
    public long Id { get; } = id;
    public string MessageId { get; } = messageId;
    public string Body { get; } = body;
    public DateTime EnqueuedUtc { get; } = enqueuedUtc;

    /// <summary>The name of the queue key with which it was sent.</summary>
    public string? SentWith { get; } = sentWith;

    /// <summary>How often it was handed to a function, this time included.</summary>
    public int Deliveries { get; set; } = deliveries;

    /// <summary>It was being delivered at more ends of the host than chance explains.</summary>
    public bool IsSuspect { get; set; }
}
