using Club.Kernel;
using Functions.Local.Queue;

namespace Club.Local;

/// <summary>The club's work, in the host's own queue.</summary>
internal sealed class LocalWorkQueue(DurableQueues queues) : IWorkQueue
{
    /// <inheritdoc/>
    public Task Send(IReadOnlyList<string> messages, CancellationToken cancellation = default) => queues.Leave(messages, cancellation);
}
