using Club.Kernel;

namespace Club.Local.Sample;

/// <summary>What the club leaves for itself is not kept: each evening's sweeps do all that is due.</summary>
internal sealed class SampleQueue : IWorkQueue
{
    public Task Send(IReadOnlyList<string> messages, CancellationToken cancellation = default) => Task.CompletedTask;
}
