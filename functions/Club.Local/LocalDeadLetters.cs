using Club.Kernel;
using Functions.Local.Queue;

namespace Club.Local;

/// <summary>Dead letters of the host's own queues.</summary>
internal sealed class LocalDeadLetters(DurableQueues queues) : IDeadLetters
{
    public Task<IReadOnlyList<DeadMessage>> After(string queue, long number, int limit, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<DeadMessage>>([.. DeadRows.After(queues, queue, number, limit).Select(row =>
            new DeadMessage(row.Id, row.MessageId, new DateTimeOffset(row.EnqueuedUtc), new DateTimeOffset(row.DiedUtc), row.Deliveries,
                row.Reason, row.Body))]);

    public async Task<Taking> Drop(string queue, long number, CancellationToken cancellation = default) =>
        queues.Find(queue) is { } own && await own.DropDead(number) ? Taking.Taken : Taking.Unknown;

    /// <summary>Once it has begun it is carried through: one commit takes it out and puts it in.</summary>
    public async Task<Taking> Resend(string queue, long number, CancellationToken cancellation = default) =>
        queues.Find(queue) is not { } own ? Taking.Unknown : await own.Revive(number) switch
        {
            Revival.Revived => Taking.Taken,
            Revival.Damaged => Taking.Damaged,
            _ => Taking.Unknown,
        };
}
