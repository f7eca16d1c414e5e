using System.Collections.Concurrent;

namespace Club.Outgoing;

/// <summary>An event of a member, and the document that tells it.</summary>
internal readonly record struct ToldEvent(ClubEvent Event, string Document)
{
    public Waiting Waiting => new(Event.Id, Document);
}

/// <summary>Events of one member that are to be sent, in their order.</summary>
/// <param name="Attempts">How often the first was sent before.</param>
internal readonly record struct Bundle(string Member, IReadOnlyList<ToldEvent> Events, int Attempts);

/// <summary>What became of the events of one member.</summary>
/// <param name="Taken">Those that the receiver has.</param>
/// <param name="Failed">The one that it did not take; null: none was refused.</param>
/// <param name="Left">Those that were not sent.</param>
internal sealed record MemberResult(string Member, IReadOnlyList<ToldEvent> Taken, ToldEvent? Failed, int Status,
    IReadOnlyList<ToldEvent> Left);

/// <summary>Sends events of many members side by side, those of one in their order, and stops with a member at the first that is not
/// taken.</summary>
internal sealed class Batch(Courier courier, Breaker breaker, int atOnce)
{
    private readonly ConcurrentQueue<DeliveryLine> _lines = new();

    public IReadOnlyList<DeliveryLine> Lines => [.. _lines];

    public async Task<IReadOnlyList<MemberResult>> Send(IReadOnlyList<Bundle> bundles,
        CancellationToken cancellation)
    {
        var results = new ConcurrentQueue<MemberResult>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(bundles, parallel, async (one, token) =>
            results.Enqueue(await Send(one.Member, one.Events, one.Attempts, token)));
        return [.. results];
    }

    private async Task<MemberResult> Send(string member, IReadOnlyList<ToldEvent> events, int attempts, CancellationToken cancellation)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (breaker.IsOpen) return new MemberResult(member, [.. events.Take(i)], null, 0, [.. events.Skip(i)]);
            var (line, retryAfter) = await courier.Bring(events[i].Event, i == 0 ? attempts + 1 : 1, cancellation);
            _lines.Enqueue(line);
            breaker.Tell(line.Status, retryAfter);
            if (!line.IsTaken)
                return new MemberResult(member, [.. events.Take(i)], events[i], line.Status, [.. events.Skip(i + 1)]);
        }
        return new MemberResult(member, events, null, 0, []);
    }
}
