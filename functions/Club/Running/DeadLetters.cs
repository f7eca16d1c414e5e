using Club.Kernel;

namespace Club.Running;

/// <summary>Messages that were given up after their last delivery: what stands there, and one sent again.</summary>
public sealed class DeadLetters(IDeadLetters letters)
{
    /// <summary>The club's queues, in the order of the list.</summary>
    public static readonly IReadOnlyList<string> Queues = ["transactions", "work"];

    /// <summary>Queue by queue, the oldest first.</summary>
    /// <param name="queue">One of <see cref="Queues"/>; null: all.</param>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<DeadLetter> Items, string? Continuation)> List(string? queue, int limit, string? continuation,
        CancellationToken cancellation)
    {
        var asked = queue is null ? Queues : [queue];
        DeadLetterId? from = continuation is null ? null
            : DeadLetterId.Parse(continuation) is { } id && asked.Contains(id.Queue) ? id
            : throw new ArgumentException("It is not a continuation of this list.", nameof(continuation));
        var found = new List<DeadLetter>();
        foreach (var one in asked.SkipWhile(name => from is { } last && name != last.Queue))
        {
            var after = from is { } last && last.Queue == one ? last.Number : 0;
            // One more than asked for tells whether the list goes on.
            var met = await letters.After(one, after, limit + 1 - found.Count, cancellation);
            found.AddRange(met.Select(dead => DeadLetter.Of(one, dead)));
            if (found.Count > limit) return (found[..limit], found[limit - 1].Id);
        }
        return (found, null);
    }

    /// <summary>Has one delivered again, as if it had just come. A crash on the way may deliver it twice, which changes nothing.</summary>
    /// <returns>Why it was not; null: it was.</returns>
    public async Task<Problem?> Resend(string id, CancellationToken cancellation)
    {
        var resent = DeadLetterId.Parse(id) is { } one ? await letters.Resend(one.Queue, one.Number, cancellation) : Resending.Unknown;
        return resent switch
        {
            Resending.Sent => null,
            Resending.Unknown => Problem.NotFound($"Dead letter \"{id}\""),
            Resending.Busy => new Problem("dead-letter-busy",
                $"Dead letter {id} is held by another call just now, or behind too many others: try again, or send those again first.") { Kind =
                ProblemKind.Conflict },
            _ => new Problem("dead-letter-damaged",
                $"Dead letter {id} is not what was written; have its sender send the message again.") { Kind = ProblemKind.Conflict },
        };
    }
}
