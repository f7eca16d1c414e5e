namespace Club.Kernel;

/// <summary>A message that was given up, as its queue keeps it.</summary>
/// <param name="Number">Which it is among the queue's; later ones have greater numbers.</param>
/// <param name="DiedAt">Null where the queue does not tell.</param>
/// <param name="Deliveries">How often it was handed out.</param>
/// <param name="Body">Carries personal data: for reading what kind of message it is, and not to be shown.</param>
public sealed record DeadMessage(long Number, string MessageId, DateTimeOffset EnqueuedAt, DateTimeOffset? DiedAt, int Deliveries,
    string Reason, string Body);

/// <summary>What became of a dead letter that was to be taken out: sent again, or dropped.</summary>
public enum Taking
{
    Taken,

    /// <summary>There is none of that number, or no longer.</summary>
    Unknown,

    /// <summary>Somebody else holds it just now, or too many lie before it.</summary>
    Busy,

    /// <summary>It is not what was written: only its sender can repeat it.</summary>
    Damaged,
}

/// <summary>The messages of the club's queues that were given up.</summary>
public interface IDeadLetters
{
    /// <summary>Those with a number above <paramref name="number"/>, the least first.</summary>
    Task<IReadOnlyList<DeadMessage>> After(string queue, long number, int limit, CancellationToken cancellation = default);

    /// <summary>Puts one into its queue again, as new, and takes it out of the dead letters: in this order, so that a crash between leaves
    /// it twice and never not at all.</summary>
    Task<Taking> Resend(string queue, long number, CancellationToken cancellation = default);

    /// <summary>Takes one out for good.</summary>
    Task<Taking> Drop(string queue, long number, CancellationToken cancellation = default);
}
