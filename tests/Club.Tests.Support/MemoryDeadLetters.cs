using Club.Kernel;

namespace Club.Tests.Support;

/// <summary>Dead letters of a club on a test clock, as a test puts them there.</summary>
public sealed class MemoryDeadLetters : IDeadLetters
{
    private readonly SortedDictionary<(string Queue, long Number), DeadMessage> _dead = [];

    /// <summary>What was sent again.</summary>
    public List<(string Queue, string Body)> Resent { get; } = [];

    public void Add(string queue, DeadMessage dead) => _dead.Add((queue, dead.Number), dead);

    public Task<IReadOnlyList<DeadMessage>> After(string queue, long number, int limit, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<DeadMessage>>([.. _dead.Where(dead => dead.Key.Queue == queue && dead.Key.Number > number)
            .Select(dead => dead.Value).Take(limit)]);

    public Task<Taking> Drop(string queue, long number, CancellationToken cancellation = default) =>
        Task.FromResult(_dead.Remove((queue, number)) ? Taking.Taken : Taking.Unknown);

    public Task<Taking> Resend(string queue, long number, CancellationToken cancellation = default)
    {
        if (!_dead.Remove((queue, number), out var dead)) return Task.FromResult(Taking.Unknown);
        Resent.Add((queue, dead.Body));
        return Task.FromResult(Taking.Taken);
    }
}
