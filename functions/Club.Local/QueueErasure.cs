using Club.Members;
using Functions.Local.Queue;

namespace Club.Local;

/// <summary>Takes out of the host's queues what names an erased person and will not be handled at once: dead letters and scheduled
/// messages. What waits to be handled is, and is a stranger's.</summary>
internal sealed class QueueErasure(DurableQueues queues) : IErases
{
    public string Name => "queue";

    public Task<int> Erase(ErasedPerson person, CancellationToken cancellation) => queues.Drop(person.IsIn);
}
