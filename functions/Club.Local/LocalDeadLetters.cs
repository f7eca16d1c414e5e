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

    /// <summary>Once it has begun it is carried through: one commit takes it out and puts it in.</summary>
    public async Task<Resending> Resend(string queue, long number, CancellationToken cancellation = default) =>
        queues.Find(queue) is not { } own ? Resending.Unknown : await own.Revive(number) switch
        {
            Revival.Revived => Resending.Sent,
            Revival.Damaged => Resending.Damaged,
            _ => Resending.Unknown,
        };
}
