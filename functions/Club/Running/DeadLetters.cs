using Club.Access;
using Club.Kernel;
using Club.Store;

namespace Club.Running;

/// <summary>Messages that were given up after their last delivery: what stands there, and one sent again.</summary>
public sealed class DeadLetters(IDeadLetters letters, IClubStore store, ClubCalendar calendar)
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

    /// <summary>One with its content, in which numbers by which persons are known are masked.</summary>
    /// <returns>Null when there is none, or no longer.</returns>
    public async Task<DeadLetterContent?> Read(string id, CancellationToken cancellation)
    {
        if (DeadLetterId.Parse(id) is not { } one) return null;
        var met = await letters.After(one.Queue, one.Number - 1, 1, cancellation);
        return met.Count > 0 && met[0].Number == one.Number ? DeadLetterContent.Of(one.Queue, met[0]) : null;
    }

    /// <summary>Gives one up for good. That it was there, and why it went, is kept first.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>dead-letter-busy</c>.</returns>
    public async Task<Problem?> Drop(string id, string reason, Caller caller, CancellationToken cancellation)
    {
        if (await Read(id, cancellation) is not { Letter: var letter } || DeadLetterId.Parse(id) is not { } one)
            return Problem.NotFound($"Dead letter \"{id}\"");
        var dropped = new DroppedLetter { Letter = letter, Reason = reason, By = ActingPerson.Of(caller), At = calendar.Now };
        await store.Commit(DroppedLetter.PartitionOf(letter), [dropped.ToCreate()], cancellation);
        return Told(id, await letters.Drop(one.Queue, one.Number, cancellation));
    }

    /// <summary>What was dropped, the latest first.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<DroppedLetter> Items, string? Continuation)> Dropped(int limit, string? continuation,
        CancellationToken cancellation)
    {
        var page = await store.Find(new IndexQuery(DroppedLetter.WhenIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation),
            cancellation);
        return ([.. page.Documents.Select(document => document.As<DroppedLetter>()).OrderByDescending(one => one.At)], page.Continuation);
    }

    /// <summary>Has one delivered again, as if it had just come. A crash on the way may deliver it twice, which changes nothing.</summary>
    /// <returns>Why it was not; null: it was.</returns>
    public async Task<Problem?> Resend(string id, CancellationToken cancellation) => Told(id,
        DeadLetterId.Parse(id) is { } one ? await letters.Resend(one.Queue, one.Number, cancellation) : Taking.Unknown);

    private static Problem? Told(string id, Taking taking) => taking switch
    {
        Taking.Taken => null,
        Taking.Unknown => Problem.NotFound($"Dead letter \"{id}\""),
        Taking.Busy => new Problem("dead-letter-busy",
            $"Dead letter {id} is held by another call just now, or behind too many others: try again, or send those again first.")
        { Kind = ProblemKind.Conflict },
        _ => new Problem("dead-letter-damaged",
            $"Dead letter {id} is not what was written; have its sender send the message again.") { Kind = ProblemKind.Conflict },
    };
}
